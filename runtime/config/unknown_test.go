package config

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The keys of go-zero's rest.RestConf that config.Server has not, in the order
// of its documentation.
const restConf = "Mode Log MetricsUrl Prometheus Telemetry DevServer Shutdown Profiling Verbose MaxConns CpuThreshold Signature Middlewares TraceIgnorePaths"

// A file of go-zero is told key by key what does the work here, and can be read
// as it is in the meantime.
func TestReplacements(t *testing.T) {
	var file strings.Builder
	keys := strings.Fields(restConf)
	for _, key := range keys {
		file.WriteString(key + ": {Nested: '${UNSET}'}\n")
	}
	file.WriteString("Timeout: 3000\n")
	got := mistakes(t, "c.yaml", file.String()).Error()
	for _, want := range append(keys, "write 3000s for seconds or 3000ms for milliseconds, as go-zero counts") {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
	for _, key := range keys {
		if !strings.Contains(got, `config.Ignore("`+key+`")`) || replacements[key] == "" {
			t.Errorf("%s has no replacement", key)
		}
	}
	if len(replacements) != len(keys) {
		t.Errorf("there are %d replacements for %d keys", len(replacements), len(keys))
	}
	var c struct{ Server }
	text := strings.Replace(file.String(), "3000", "3000ms", 1)
	if err := Parse("c.yaml", []byte(text), &c, Ignore(keys...), Environ(nil)); err != nil {
		t.Error(err)
	}
}

// What the messages name is there.
func TestReplacementsExist(t *testing.T) {
	name := regexp.MustCompile(`\b(runtime|server|config)\.([A-Z]\w*)`)
	folder := regexp.MustCompile(`\bruntime(/[a-z]+)+`)
	for key, message := range replacements {
		for _, m := range name.FindAllStringSubmatch(message, -1) {
			dir := map[string]string{"runtime": "..", "server": "../server", "config": "."}[m[1]]
			if !declares(t, dir, m[2]) {
				t.Errorf("%s: there is no %s", key, m[0])
			}
		}
		for _, path := range folder.FindAllString(message, -1) {
			if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(path), "go.mod")); err != nil {
				t.Errorf("%s: %v", key, err)
			}
		}
	}
}

// declares reports whether the package in dir has a function of that name.
func declares(t *testing.T, dir, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == name {
				return true
			}
		}
	}
	return false
}

func TestSuggest(t *testing.T) {
	names := []string{"AccessSecret", "AccessExpire", "Port", "Host", "MaxBytes", "dsn", "ID"}
	for word, want := range map[string]string{
		"accessSecret": "AccessSecret", "access_secret": "AccessSecret", "access-secret": "AccessSecret", "ACCESS_SECRET": "AccessSecret",
		"AccesSecret": "AccessSecret", "AcessSecrt": "AccessSecret", "Prot": "Port", "hots": "Host", "max-byte": "MaxBytes", "DSN": "dsn", "id": "ID",
		"Users": "", "Log": "", "": "", "x": "", "Password": "",
	} {
		if got := suggest(word, names); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}
