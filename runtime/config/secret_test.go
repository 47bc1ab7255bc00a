package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"go.yaml.in/yaml/v3"

	"github.com/apigen-go/apigen/runtime/auth"
)

// A loaded configuration can be printed and written in every way without showing
// its secrets.
func TestNothingShown(t *testing.T) {
	c := settings{generated: generated{Auth: auth.Config{AccessSecret: secret, PrevSecrets: []string{secret + "-1"}}}, DSN: secret}
	public := struct {
		Server
		Auth auth.Config
		DSN  Secret
		List []Secret
		Map  map[string]auth.Config
	}{Auth: c.Auth, DSN: c.DSN, List: []Secret{secret}, Map: map[string]auth.Config{"a": c.Auth}}
	for name, v := range map[string]any{"by value": public, "by pointer": &public, "secret": c.DSN, "secret by pointer": &c.DSN, "config": c.Auth, "config by pointer": &c.Auth} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%o", "%t", "%c", "%U", "%e", "%10.5v", "%T"} {
			if shows(fmt.Sprintf(verb, v)) {
				t.Errorf("%s: %s shows a secret", name, verb)
			}
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("loaded", "config", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("loaded", "config", v)
		v1, err1 := json.Marshal(v)
		v2, err2 := jsonv2.Marshal(v)
		y, err3 := yaml.Marshal(v)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Errorf("%s: %v, %v, %v", name, err1, err2, err3)
		}
		for form, text := range map[string]string{"slog": log.String(), "encoding/json": string(v1), "json/v2": string(v2), "YAML": string(y)} {
			if shows(text) {
				t.Errorf("%s: %s shows a secret", name, form)
			}
			if !strings.Contains(text, "[redacted]") {
				t.Errorf("%s: %s does not say that something is hidden: %s", name, form, text)
			}
		}
	}
	if c.DSN.Reveal() != secret || Secret("").String() != "" {
		t.Error("Reveal or the empty secret is wrong")
	}
}

// shows reports whether the text has a secret, or what %x makes of it.
func shows(text string) bool {
	return strings.Contains(text, marked) || strings.Contains(strings.ToLower(strings.ReplaceAll(text, " ", "")), fmt.Sprintf("%x", marked))
}

// The limit that the documentation of Secret and auth.Config tells: fmt calls no
// methods of values in unexported fields. When this fails, the limit is gone, and
// the documentation is to be changed.
func TestUnexportedHolders(t *testing.T) {
	byValue := struct{ secret Secret }{secret}
	if !shows(fmt.Sprintf("%v", byValue)) {
		t.Error("fmt hides a Secret in an unexported field")
	}
	holder := struct {
		Name string
		auth auth.Config
	}{"holder", auth.Config{AccessSecret: secret}}
	if !shows(fmt.Sprintf("%v", holder)) {
		t.Error("fmt hides a Config in an unexported field")
	}
	// A pointer is printed as an address by the usual verbs.
	pointer := struct{ auth *auth.Config }{&auth.Config{AccessSecret: secret}}
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		if shows(fmt.Sprintf(verb, pointer)) {
			t.Errorf("%s follows a pointer in an unexported field", verb)
		}
	}
	// What packs the values of a configuration away hides them: slog and JSON pass
	// over unexported fields.
	v, err := json.Marshal(holder)
	if err != nil || shows(string(v)) {
		t.Errorf("encoding/json shows an unexported field (%v)", err)
	}
}
