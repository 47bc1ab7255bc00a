package config

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// seeds are the files that load and those that do not.
func seeds(f *testing.F, pattern string) {
	files, err := filepath.Glob(filepath.Join("testdata", "broken", pattern))
	if err != nil || len(files) == 0 {
		f.Fatalf("%d files (%v)", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
}

// checkMistakes asks that every mistake has its place in the text, and that none
// repeats a long value of it.
func checkMistakes(t *testing.T, text []byte, err error) {
	t.Helper()
	var all Errors
	if err != nil && !errors.As(err, &all) {
		t.Fatalf("%T is no list of mistakes", err)
	}
	// YAML has more ends of lines than one, and our own counting does not.
	odd := strings.ContainsAny(string(text), "\r\u0085\u2028\u2029")
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(string(text)), "\n")
	for _, e := range all {
		if e.Line < 0 || e.Line > len(lines)+1 || (e.Line > 0) != (e.Column > 0) {
			t.Errorf("%d:%d is not in a text of %d lines", e.Line, e.Column, len(lines))
		} else if e.Line > 0 && e.Line <= len(lines) && !odd && e.Column > len([]rune(lines[e.Line-1]))+2 {
			t.Errorf("%d:%d is behind its line", e.Line, e.Column)
		}
		if strings.Contains(e.Message, marked) {
			t.Error("a secret is told")
		}
		if e.Message == "" || strings.ContainsAny(e.Message, "\n") {
			t.Errorf("the message is %q", e.Message)
		}
	}
}

// YAML of any kind neither stops the program nor leads out of the text.
func FuzzYAML(f *testing.F) {
	seeds(f, "*.yaml")
	f.Add([]byte(tutorial))
	f.Fuzz(func(t *testing.T, text []byte) {
		var c settings
		err := Parse("f.yaml", text, &c, Environ(nil))
		checkMistakes(t, text, err)
		if err != nil && !reflect.DeepEqual(c, settings{}) {
			t.Error("filled in spite of a mistake")
		}
		var m map[string]any
		checkMistakes(t, text, Parse("f.yaml", text, &m, Environ(nil)))
	})
}

// JSON that loads means to us what it means to json/v2, and what json/v2 refuses
// does not load.
func FuzzJSON(f *testing.F) {
	seeds(f, "*.json")
	f.Add([]byte(`{"a":[1,-2.5e3,"x\u00e9",true,null,{"b":{}}],"c":99999999999999999999}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var c settings
		checkMistakes(t, text, Parse("f.json", text, &c, Environ(nil)))
		var got, want map[string]any
		err := Parse("f.json", text, &got, Environ(nil))
		checkMistakes(t, text, err)
		if err != nil || strings.Contains(string(text), "$") {
			return
		}
		if err := json.Unmarshal([]byte(strings.TrimPrefix(string(text), "\ufeff")), &want); err != nil {
			t.Fatalf("%q loads, json/v2 says %v", text, err)
		}
		if !reflect.DeepEqual(floats(got), any(want)) && len(want) > 0 {
			t.Errorf("%q: got %#v, want %#v", text, got, want)
		}
	})
}

// floats turns whole numbers into what encoding/json makes of all numbers.
func floats(v any) any {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case []any:
		for i := range v {
			v[i] = floats(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = floats(v[k])
		}
	}
	return v
}
