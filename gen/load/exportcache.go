package load

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"go/types"
	"go/version"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"
)

// cacheVariable names the environment variable that turns the cache off, or
// puts it elsewhere.
const cacheVariable = "APIGEN_CACHE"

// exportCache remembers where the export data of packages lies whose source
// cannot change: those of the standard library and of the module cache. It saves
// the call of the go command that asks for it, which is most of the time of a
// small run.
//
// An entry holds for one toolchain, one set of build settings and one set of
// requirements, which are all in the name of its file, and as long as the file in
// the build cache is there. A package of the module cache whose types refer to
// one that can change, which a replace directive or a cycle of modules makes
// possible, is found out when its data is read: the run starts again without
// the cache.
type exportCache struct {
	file    string // "" when there is no cache
	entries map[string]cached
	used    map[string]bool // paths that were taken from it
}

type cached struct {
	Name string `json:"name"`
	File string `json:"file"`
}

// maxAge is when an entry that nothing has replaced is forgotten.
const maxAge = 30 * 24 * time.Hour

// openCache reads what is remembered for the surroundings of the run.
func (l *loader) openCache() {
	l.cache = exportCache{entries: map[string]cached{}, used: map[string]bool{}}
	dir := l.variable(cacheVariable)
	if dir == "off" || l.noCache || !version.IsValid(l.env.GOVERSION) {
		return // a toolchain under development changes under one name
	}
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return
		}
		dir = filepath.Join(base, "apigen")
	}
	key, ok := l.cacheKey()
	if !ok {
		return
	}
	l.cache.file = filepath.Join(dir, "export-"+key+".json")
	if data, err := os.ReadFile(l.cache.file); err == nil {
		if json.Unmarshal(data, &l.cache.entries) != nil {
			l.cache.entries = map[string]cached{}
		}
	}
}

// cacheKey is a hash of all that decides what export data a path has, apart from
// source that can change.
func (l *loader) cacheKey() (string, bool) {
	h := sha256.New()
	write := func(parts ...string) {
		for _, p := range parts {
			_, _ = h.Write([]byte(p)) // a hash does not fail
			_, _ = h.Write([]byte{0})
		}
	}
	settings, err := json.Marshal(l.env)
	if err != nil {
		return "", false
	}
	write("1", string(settings), l.cfg.Tags)
	files := []string{l.env.GOMOD, strings.TrimSuffix(l.env.GOMOD, ".mod") + ".sum"}
	if l.env.inWorkspace() {
		files = append(files, l.env.GOWORK, l.env.GOWORK+".sum")
		for _, m := range l.res.Main {
			files = append(files, filepath.Join(m.Dir, "go.mod"), filepath.Join(m.Dir, "go.sum"))
		}
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			return "", false
		}
		write(name, string(data))
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), true
}

// take answers the paths from the cache, all or none.
func (c *exportCache) take(paths []string) (map[string]*foreign, bool) {
	if c.file == "" {
		return nil, false
	}
	found := make(map[string]*foreign, len(paths))
	for _, path := range paths {
		e, ok := c.entries[path]
		if !ok {
			return nil, false
		}
		if _, err := os.Stat(e.File); err != nil {
			return nil, false
		}
		found[path] = &foreign{name: e.Name, file: e.File}
	}
	for _, path := range paths {
		c.used[path] = true
	}
	return found, true
}

// put remembers what the go command said, apart from what can change.
func (l *loader) put(pkgs []*packages.Package) {
	c := &l.cache
	if c.file == "" {
		return
	}
	for _, p := range pkgs {
		if len(p.Errors) == 0 && p.ExportFile != "" && l.immutable(p.Module) {
			c.entries[p.PkgPath] = cached{p.Name, p.ExportFile}
		}
	}
	data, err := json.Marshal(c.entries)
	if err != nil {
		return
	}
	// It is only a cache: what goes wrong costs time.
	if os.MkdirAll(filepath.Dir(c.file), 0o700) == nil {
		temp, err := os.CreateTemp(filepath.Dir(c.file), "new-")
		if err != nil {
			return
		}
		_, err = temp.Write(data)
		if temp.Close() != nil || err != nil || os.Rename(temp.Name(), c.file) != nil {
			_ = os.Remove(temp.Name())
		}
		forget(filepath.Dir(c.file))
	}
}

// immutable reports whether the source of a module cannot change: it is that of
// the standard library, or in the module cache.
func (l *loader) immutable(m *packages.Module) bool {
	if m == nil {
		return true
	}
	if m.Main || m.Dir == "" || l.env.GOMODCACHE == "" {
		return false
	}
	rel, err := filepath.Rel(l.env.GOMODCACHE, m.Dir)
	return err == nil && filepath.IsLocal(rel)
}

// forget removes what has not been written for long.
func forget(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > maxAge {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// doubtful reports whether a package that was taken from the cache refers to one
// that was not and that can change.
func (l *loader) doubtful(path string, pkg *types.Package) bool {
	if !l.cache.used[path] {
		return false
	}
	for imp := range reach(pkg) {
		if l.moduleOf(imp) != nil || l.replaced(imp) {
			return true
		}
	}
	return false
}

// replaced reports whether a replace directive puts a folder in the place of the
// module that would hold the package.
func (l *loader) replaced(path string) bool {
	if l.folders == nil {
		l.folders = l.replacedByFolders()
	}
	return slices.ContainsFunc(l.folders, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") })
}

// replacedByFolders lists the modules that replace directives take from folders.
func (l *loader) replacedByFolders() []string {
	folders := []string{}
	add := func(list []*modfile.Replace) {
		for _, r := range list {
			if r.New.Version == "" {
				folders = append(folders, r.Old.Path)
			}
		}
	}
	if data, err := os.ReadFile(l.env.GOWORK); err == nil {
		if f, err := modfile.ParseWork(l.env.GOWORK, data, nil); err == nil {
			add(f.Replace)
		}
	}
	for _, m := range l.res.Main {
		name := filepath.Join(m.Dir, "go.mod")
		if data, err := os.ReadFile(name); err == nil {
			if f, err := modfile.Parse(name, data, nil); err == nil {
				add(f.Replace)
			}
		}
	}
	return folders
}

// reach returns the paths of the packages that the types of pkg refer to.
func reach(pkg *types.Package) map[string]bool {
	seen := map[string]bool{}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		for _, imp := range p.Imports() {
			if !seen[imp.Path()] {
				seen[imp.Path()] = true
				visit(imp)
			}
		}
	}
	visit(pkg)
	return seen
}
