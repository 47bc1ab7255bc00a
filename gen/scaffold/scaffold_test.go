package scaffold

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFind(t *testing.T) {
	const tool = "\ntool github.com/apigen-go/apigen/cmd/apigen\n"
	for _, c := range []struct {
		mod, dir           string
		path, name, prefix string
		tool               bool
	}{
		{"module example.com/hello\n" + tool, ".", "example.com/hello", "hello", "HELLO", true},
		{"module example.com/hello/v2\n", ".", "example.com/hello/v2", "hello", "HELLO", false},
		{"module example.com/shop\n", "cmd/user-api", "example.com/shop/cmd/user-api", "user-api", "USER_API", false},
		{"module hello\r\n" + tool, "new/folder", "hello/new/folder", "folder", "FOLDER", true},
		{"module example.com/2fa\n", ".", "example.com/2fa", "2fa", "API_2FA", false},
		{"module v2\n", ".", "v2", "v2", "V2", false},
	} {
		root := t.TempDir()
		put(t, filepath.Join(root, "go.mod"), c.mod)
		p, err := Find(filepath.Join(root, c.dir))
		if err != nil {
			t.Errorf("%q %s: %v", c.mod, c.dir, err)
			continue
		}
		want := Place{Root: root, Dir: filepath.Join(root, filepath.FromSlash(c.dir)), Path: c.path, Name: c.name, Prefix: c.prefix, Tool: c.tool}
		if *p != want {
			t.Errorf("%q %s:\n got %+v\nwant %+v", c.mod, c.dir, *p, want)
		}
	}
}

func TestFindRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		dir   string
		want  string
	}{
		{"no module", map[string]string{}, ".", "there is no go.mod here or above: run go mod init"},
		{"a go.mod without module", map[string]string{"go.mod": "go 1.26\n"}, ".", "names no module"},
		{"a broken go.mod", map[string]string{"go.mod": "module \"\n"}, ".", "go.mod:1"},
		{"Go files", map[string]string{"go.mod": "module a\n", "x.go": "package x\n"}, ".", "x.go exists, and a service starts in a folder without Go files"},
		{"Go files of a package api", map[string]string{"go.mod": "module a\n", "s/api/x.go": "package x\n"}, "s", "api/x.go exists"},
		{"a file in the place of the folder", map[string]string{"go.mod": "module a\n", "s": ""}, "s", "s"},
		{"a file in the place of package api", map[string]string{"go.mod": "module a\n", "api": ""}, ".", "api is a file, and a service starts in a folder of that name"},
		{"a folder that dots pass over", map[string]string{"go.mod": "module example.com/a\n"}, "x/_y", "./... passes over a folder named _y"},
		{"a hidden folder", map[string]string{"go.mod": "module example.com/a\n"}, ".x/y", "./... passes over a folder named .x"},
		{"a folder of tests", map[string]string{"go.mod": "module example.com/a\n"}, "testdata", "./... passes over a folder named testdata"},
		{"the name of a standard package", map[string]string{"go.mod": "module runtime\n"}, ".", "runtime is a package of the standard library: give the module another path, such as example.com/runtime"},
		{"no import path", map[string]string{"go.mod": "module example.com/a\n"}, "with space", "no import path that Go takes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			for name, text := range c.files {
				put(t, filepath.Join(root, name), text)
			}
			if _, err := Find(filepath.Join(root, c.dir)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// Secrets are made, not shipped, and stay with the user.
func TestFiles(t *testing.T) {
	p := &Place{Dir: t.TempDir(), Path: "example.com/hello", Name: "hello", Prefix: "HELLO"}
	files, err := Files(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Files(p)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i, f := range files {
		names = append(names, f.Name)
		if same := f.Text == again[i].Text; same == (f.Name == "config.yaml") {
			t.Errorf("%s: the same text again: %v", f.Name, same)
		}
		if (f.Mode == 0o600) != (f.Name == "config.yaml") {
			t.Errorf("%s has mode %o", f.Name, f.Mode)
		}
	}
	if !slices.Equal(names, []string{"main.go", "api/api.go", "config.yaml", ".gitignore"}) {
		t.Errorf("files are %q", names)
	}
	put(t, filepath.Join(p.Dir, ".gitignore"), "/bin\n")
	if files, err = Files(p); err != nil || len(files) != 3 {
		t.Errorf("with a .gitignore there are %d files (%v), want 3", len(files), err)
	}
}

// One file in the way, and none is written.
func TestWriteOverwritesNothing(t *testing.T) {
	for _, taken := range []string{"main.go", "api/api.go", "config.yaml"} {
		dir := t.TempDir()
		files, err := Files(&Place{Dir: dir, Path: "example.com/hello", Name: "hello", Prefix: "HELLO"})
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, taken), "mine")
		if err := Write(dir, files); err == nil || !strings.HasPrefix(err.Error(), taken+" exists and is not overwritten") {
			t.Errorf("%s: %v", taken, err)
		}
		for _, f := range files {
			text, err := os.ReadFile(filepath.Join(dir, f.Name))
			if f.Name == taken && string(text) != "mine" || f.Name != taken && err == nil {
				t.Errorf("with %s in the way: %s has %q (%v)", taken, f.Name, text, err)
			}
		}
	}
}

// What cannot be written leaves nothing behind that the next try would meet.
func TestWriteLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	files, err := Files(&Place{Dir: dir, Path: "example.com/hello", Name: "hello", Prefix: "HELLO"})
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "api"), "a file in the way of the folder")
	if err := Write(dir, files); err == nil {
		t.Fatal("no error")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%v are left (%v), want api alone", entries, err)
	}
}
