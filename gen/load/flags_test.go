package load

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestSplitQuoted(t *testing.T) {
	for in, want := range map[string][]string{
		"":                             nil,
		"  -mod=mod ":                  {"-mod=mod"},
		"-mod=mod '-tags=a b' -v":      {"-mod=mod", "-tags=a b", "-v"},
		"\"-tags=it's\"\t--trimpath":   {"-tags=it's", "--trimpath"},
		"'-tags=never closed -mod=mod": {"-tags=never closed -mod=mod"},
		"'' -v":                        {"", "-v"},
	} {
		if got := splitQuoted(in); !slices.Equal(got, want) {
			t.Errorf("splitQuoted(%q) = %q, want %q", in, got, want)
		}
	}
	e := goEnv{GOFLAGS: "-tags=old --tags=new '-overlay=/a b.json' -tagsx=no"}
	if got := e.flag("tags") + " " + e.flag("overlay") + e.flag("mod"); got != "new /a b.json" {
		t.Errorf("flags are %q", got)
	}
}

func TestReleases(t *testing.T) {
	if got := releases("go1.20.3"); len(got) != 20 || got[19] != "go1.20" {
		t.Errorf("releases are %q", got)
	}
	if got := releases("devel go1.99"); len(got) < 26 {
		t.Errorf("releases are %q", got)
	}
}

const flagged = goMod + `
-- a/a.go --
package a

import "example.com/app/b"

//api:server
type S struct{ T b.T }
-- b/b.go --
//go:build one && two

package b

type T int8
-- b/b_none.go --
//go:build !one

package b

type T int16
-- b/b_one.go --
//go:build one && !two

package b

type T int32
`

// Packages that are parsed here see the flags the go command sees.
func TestFlags(t *testing.T) {
	dir := write(t, flagged)
	overlay := filepath.Join(dir, "over lay.json")
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{
		"b/b_none.go":                           "",
		filepath.Join(dir, "b", "added.go"):     filepath.Join(dir, "added.txt"),
		filepath.Join(dir, "a", "methods.go"):   "methods.txt",
		filepath.Join(dir, "elsewhere", "a.go"): "methods.txt",
	}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		overlay:                           string(text),
		filepath.Join(dir, "added.txt"):   "package b\n\ntype T string\n",
		filepath.Join(dir, "methods.txt"): "package a\n\n//api:route GET /x\nfunc (S) Get() {}\n",
	} {
		if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		flags, want string
		directives  int
	}{
		{"", "int16", 1},
		{"'-tags=one two'", "int8", 1},
		{"-tags=one,two", "int8", 1},
		{"-tags=one -mod=readonly -trimpath", "int32", 1},
		{"'-overlay=" + overlay + "'", "string", 2},
	} {
		res, err := Load(t.Context(), Config{Dir: dir, Patterns: []string{"./a"}, Env: offline("GOFLAGS="+tt.flags, cacheVariable+"="+t.TempDir())})
		if err != nil {
			t.Fatal(err)
		}
		if got := rendered(res, dir); got != "" || len(res.Packages) != 1 {
			t.Fatalf("%s: %s", tt.flags, got)
		}
		p := res.Packages[0]
		if got := p.Import("example.com/app/b").Scope().Lookup("T").Type().Underlying().String(); got != tt.want {
			t.Errorf("GOFLAGS=%s: T is %s, want %s", tt.flags, got, tt.want)
		}
		if len(p.Directives) != tt.directives {
			t.Errorf("GOFLAGS=%s: %d directives", tt.flags, len(p.Directives))
		}
	}
	for flags, want := range map[string]string{
		"-overlay=/nowhere.json": "reading overlay: open /nowhere.json",
		"-nonsense":              "unknown flag -nonsense",
		"-mod=nonsense":          "-mod=nonsense not supported",
		"-mod=vendor":            "go mod vendor",
	} {
		res, err := Load(t.Context(), Config{Dir: dir, Patterns: []string{"./a"}, Env: offline("GOFLAGS=" + flags)})
		if err != nil {
			t.Fatal(err)
		}
		if got := rendered(res, dir); !strings.Contains(got, want) || !strings.Contains(got, "AG801") {
			t.Errorf("GOFLAGS=%s:\n%s\nwant %s", flags, got, want)
		}
	}
}

// A driver of go/packages knows nothing of main modules.
func TestDriver(t *testing.T) {
	dir := write(t, flagged)
	for _, driver := range []string{"GOPACKAGESDRIVER=" + filepath.Join(dir, "nothing"), "GOPACKAGESDRIVER=off"} {
		res, err := Load(t.Context(), Config{Dir: dir, Patterns: []string{"./a"}, Env: offline(driver)})
		if err != nil || rendered(res, dir) != "" || len(res.Packages) != 1 {
			t.Errorf("%s: %v %s", driver, err, rendered(res, dir))
		}
	}
}

// What cannot be built for want of a build cache says so, and the cache of
// apigen is never missed.
func TestCachesUnusable(t *testing.T) {
	dir := write(t, flagged)
	file := filepath.Join(dir, "go.mod") // no folder, so nothing can be made in it
	for env, want := range map[string]string{
		"GOCACHE=off":              "-: the go command says: build cache is disabled by GOCACHE=off, but required as of Go 1.12 (AG801)",
		"GOCACHE=" + file + "/x":   "-: the go command says: failed to initialize build cache at $DIR/go.mod/x",
		cacheVariable + "=" + file: "",
	} {
		res, err := Load(t.Context(), Config{Dir: dir, Patterns: []string{"./a"}, Env: offline(env)})
		if err != nil {
			t.Fatal(err)
		}
		if got := rendered(res, dir); want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s:\n%s\nwant %s", env, got, want)
		}
	}
}
