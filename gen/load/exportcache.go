package load

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"go/version"
	"os"
	"path/filepath"
	"strings"
	"time"

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
// the build cache is there. Nothing is remembered of a package that imports one
// that can change, however far down, which a replace directive or a cycle of
// modules makes possible. Where a file cannot be read, the run starts again
// without the cache.
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
	if l.env.flag("overlay") != "" || l.env.flag("modfile") != "" {
		return // source and requirements stand elsewhere
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
	l.cache.file = cacheFile(dir, key)
	if data, err := os.ReadFile(l.cache.file); err == nil {
		var entries map[string]cached // nil after null
		if json.Unmarshal(data, &entries) == nil && entries != nil {
			l.cache.entries = entries
		}
	}
}

// cachePrefix begins the names of our files: the folder may be the user's.
const cachePrefix = "apigen-export-"

func cacheFile(dir, key string) string { return filepath.Join(dir, cachePrefix+key+".json") }

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
	write("2", string(settings), l.cfg.Tags)
	vendored := filepath.Join("vendor", "modules.txt") // which decides where source is
	files := []string{l.env.GOMOD, strings.TrimSuffix(l.env.GOMOD, ".mod") + ".sum", filepath.Join(filepath.Dir(l.env.GOMOD), vendored)}
	if l.env.inWorkspace() {
		files = append(files, l.env.GOWORK, l.env.GOWORK+".sum", filepath.Join(filepath.Dir(l.env.GOWORK), vendored))
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
	if key, ok := l.cacheKey(); !ok || c.file != cacheFile(filepath.Dir(c.file), key) {
		return // the go command has changed the requirements
	}
	known := map[*packages.Package]bool{}
	for _, p := range pkgs {
		if len(p.Errors) == 0 && p.ExportFile != "" && l.immutable(p, known) {
			c.entries[p.PkgPath] = cached{p.Name, p.ExportFile}
		}
	}
	data, err := json.Marshal(c.entries)
	if err != nil {
		return
	}
	// It is only a cache: what goes wrong costs time.
	if os.MkdirAll(filepath.Dir(c.file), 0o700) == nil {
		temp, err := os.CreateTemp(filepath.Dir(c.file), cachePrefix+"*.tmp")
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

// immutable reports whether the source of a package and of all it imports cannot
// change: it is that of the standard library, or in the module cache. Answers are
// noted in known.
func (l *loader) immutable(p *packages.Package, known map[*packages.Package]bool) bool {
	if answer, ok := known[p]; ok {
		return answer
	}
	answer := l.fixed(p.Module)
	for _, imp := range p.Imports {
		answer = answer && l.immutable(imp, known)
	}
	known[p] = answer
	return answer
}

// fixed reports whether no source of a module can change.
func (l *loader) fixed(m *packages.Module) bool {
	if m == nil {
		return true
	}
	if m.Main || m.Dir == "" || l.env.GOMODCACHE == "" {
		return false
	}
	rel, err := filepath.Rel(l.env.GOMODCACHE, m.Dir)
	return err == nil && filepath.IsLocal(rel)
}

// forget removes files of ours that have not been written for long.
func forget(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), cachePrefix) && time.Since(info.ModTime()) > maxAge {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
