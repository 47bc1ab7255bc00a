package load

import (
	"encoding/json"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// flag returns the value of a flag in GOFLAGS; the last one counts.
func (e *goEnv) flag(name string) string {
	value := ""
	for _, f := range splitQuoted(e.GOFLAGS) {
		f = strings.TrimPrefix(strings.TrimPrefix(f, "-"), "-")
		if v, ok := strings.CutPrefix(f, name+"="); ok {
			value = v
		}
	}
	return value
}

// splitQuoted splits GOFLAGS as the go command does: at spaces, where a field
// that begins with a quote ends at the next one.
func splitQuoted(s string) []string {
	var fields []string
	for {
		s = strings.TrimLeft(s, " \t\r\n")
		if s == "" {
			return fields
		}
		end, skip := strings.IndexAny(s, " \t\r\n"), 0
		if s[0] == '\'' || s[0] == '"' {
			end, skip = strings.IndexByte(s[1:], s[0]), 1
		}
		if end < 0 {
			end = len(s) - skip
		}
		fields = append(fields, s[skip:skip+end])
		s = s[min(len(s), end+2*skip):]
	}
}

// readOverlay reads the file of GOFLAGS=-overlay: the go command lists packages
// as it says, and what is parsed must be the same.
func (l *loader) readOverlay() error {
	name := l.env.flag("overlay")
	if name == "" {
		return nil
	}
	data, err := os.ReadFile(l.absolute(name))
	if err != nil {
		return &goError{"env", "reading overlay: " + err.Error()}
	}
	var file struct{ Replace map[string]string }
	if err := json.Unmarshal(data, &file); err != nil {
		return &goError{"env", fmt.Sprintf("parsing overlay %s: %v", name, err)}
	}
	l.overlay = map[string]string{}
	for from, to := range file.Replace {
		if to != "" {
			to = l.absolute(to)
		}
		l.overlay[l.absolute(from)] = to
	}
	l.build.OpenFile = func(name string) (io.ReadCloser, error) { return os.Open(l.onDisk(name)) }
	l.build.ReadDir = func(dir string) ([]fs.FileInfo, error) { return l.readDir(dir) }
	return nil
}

func (l *loader) absolute(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(l.cfg.Dir, name)
}

// onDisk is the file that an overlay puts in the place of another; "" where it
// takes it away.
func (l *loader) onDisk(name string) string {
	if to, ok := l.overlay[filepath.Clean(name)]; ok {
		return to
	}
	return name
}

// readDir lists a folder as the overlay has it.
func (l *loader) readDir(dir string) ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(dir)
	infos := map[string]fs.FileInfo{}
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			infos[e.Name()] = info
		}
	}
	for from, to := range l.overlay {
		if filepath.Dir(from) != filepath.Clean(dir) {
			continue
		}
		delete(infos, filepath.Base(from))
		if info, statErr := os.Stat(to); statErr == nil {
			infos[filepath.Base(from)] = renamed{info, filepath.Base(from)}
		}
	}
	out := make([]fs.FileInfo, 0, len(infos))
	for _, info := range infos {
		out = append(out, info)
	}
	slices.SortFunc(out, func(a, b fs.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
	return out, err
}

// renamed is a file under another name.
type renamed struct {
	fs.FileInfo
	name string
}

func (r renamed) Name() string { return r.name }

// releases are the release tags of the go command, which may be older than the
// one that built apigen.
func releases(goVersion string) []string {
	tags := build.Default.ReleaseTags
	minor := strings.SplitN(strings.TrimPrefix(goVersion, "go1."), ".", 2)[0]
	if i := slices.Index(tags, "go1."+minor); i >= 0 {
		return tags[: i+1 : i+1]
	}
	return tags
}
