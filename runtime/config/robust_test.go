package config

import (
	stdlist "container/list"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

// Large files take a moment, whatever is in them. The limit is far above what
// they take, and below what a list of JSON took in the square of its length.
func TestLargeFiles(t *testing.T) {
	const limit = 30 * time.Second
	lines := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < maxSize/2; i++ {
			b.WriteString(strings.ReplaceAll(format, "%", fmt.Sprint(i)))
		}
		return b.String()
	}
	for _, x := range []struct{ name, format, head, tail, want string }{
		{"list.json", "1,", `{"Any":[`, "1]}", "more than 100000 values"},
		{"lines.json", "1234567890,\n", `{"Any":[`, "1]}", ""},
		{"keys.json", `"key-%":1,`, "{", `"Port":1}`, "key-9: there is no such key"},
		{"map.json", `"key-%":"1234567890",`, `{"Any":{`, `"k":1}}`, ""},
		{"again.json", `"key":1,`, "{", `"Port":1}`, "is given twice"},
		{"objects.json", `{"ID":"a user, whose number is %","Age":1},`, `{"Users":[`, `{}]}`, ""},
		{"depth.json", "[", "", "", "nested deeper"},
		{"list.yaml", "- 1\n", "Any:\n", "", "more than 100000 values"},
		{"keys.yaml", "key-%: ${VARIABLE_%}\n", "", "", "variable VARIABLE_9 is not set"},
		{"merges.yaml", "- {<<: *a, ID: a user who has a longer name than most %}\n", "Any: &a {x: 1, y: 2, z: 3}\nUsers:\n", "", "is no such key"},
		{"depth.yaml", "- ", "", "", "nested too deeply"},
		{"variables.yaml", "${A:-b}", "Name: \"", "\"", ""},
		{"open.yaml", "{a: ", "", "", "nested too deeply"},
		{"quote.yaml", "a\n\n", "Name: \"", "", "a quote that begins here is not closed"},
	} {
		c := settings{generated: generated{auth.Config{AccessSecret: secret}}}
		begin := time.Now()
		err := Parse(x.name, []byte(x.head+lines(x.format)+x.tail), &c, Environ(nil))
		if took := time.Since(begin); took > limit {
			t.Errorf("%s took %v", x.name, took)
		}
		if x.want == "" && err != nil || x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want)) {
			t.Errorf("%s: got %.300v, want %q", x.name, err, x.want)
		}
	}
}

// Keys are told, but not what they do to a terminal or a log.
func TestOddKeys(t *testing.T) {
	for _, key := range []string{`a\nc.json:9:9: Port: forged`, `\u001b[31mred`, strings.Repeat("long", 1000)} {
		got := mistakes(t, "c.json", `{"`+key+`": 1}`).Error()
		if strings.ContainsAny(got, "\n\x1b") || len(got) > 1500 {
			t.Errorf("%q", got)
		}
	}
}

// What a pointer leads to stays as it was, also where methods fill it.
func TestSharedMemory(t *testing.T) {
	c := struct {
		N    *big.Int
		Port int
	}{N: big.NewInt(12345)}
	if err := Parse("c.yaml", []byte("N: 678\nPort: x"), &c); err == nil || c.N.Int64() != 12345 {
		t.Errorf("%v, and the number is %v", err, c.N)
	}
	if err := Parse("c.yaml", []byte("N: 678"), &c); err != nil || c.N.Int64() != 678 {
		t.Errorf("%v, and the number is %v", err, c.N)
	}
}

// odd is embedded, and neither it nor its method is seen from outside.
type odd struct{ N int }

func (o odd) Validate() error {
	if o.N%2 == 0 {
		return errors.New("N: expected an odd number")
	}
	return nil
}

func TestValidateEmbedded(t *testing.T) {
	var c struct {
		Server // has a Validate, so that neither is promoted
		odd
	}
	err := Parse("c.yaml", []byte("Port: 70000\nN: 2"), &c)
	if err == nil || !strings.Contains(err.Error(), "c.yaml:1:7: Port: expected") || !strings.Contains(err.Error(), "c.yaml:2:4: N: expected an odd") {
		t.Errorf("got %v", err)
	}
}

// A struct may hold more than configuration, and that may lead back to itself.
func TestValidateEnds(t *testing.T) {
	type ring struct {
		Next *ring
		odd
	}
	r := &ring{}
	r.Next = r
	c := struct {
		Ring *ring
		List *stdlist.List
		Port int
	}{Ring: r, List: stdlist.New()}
	c.List.PushBack(r)
	if err := Parse("c.yaml", []byte("Port: 1"), &c); err == nil || !strings.Contains(err.Error(), "Ring.N: expected an odd number") {
		t.Errorf("got %v", err)
	}
	r.N = 1
	// Nor do variables for a type that holds itself end by chance.
	if err := Parse("c.yaml", []byte("Port: 1"), &c, Env("APP"), Environ([]string{`APP_RING_NEXT={"N":1}`, "APP_RING_N=3"})); err != nil || c.Ring.Next.N != 1 || c.Ring.N != 3 || r.N != 1 {
		t.Errorf("got %v", err)
	}
}

// What Validate finds is told beside other mistakes, unless it follows from them.
func TestConsequences(t *testing.T) {
	for _, x := range []struct{ text, want string }{
		{"Prot: 1\nHost: 'a b'\nAuth: {AccessSecret: short}", "1:1: Prot 2:7: Host 3:22: Auth.AccessSecret"},
		{"Auth: {AccesSecret: x}\nPort: 70000", "1:8: Auth.AccesSecret 2:7: Port"},
		{"Auth: {AccessSecret: 1}\nPort: 70000", "1:22: Auth.AccessSecret 2:7: Port"},
		{"Auth: {AccessSecret: '${UNSET}'}\nPort: 70000", "1:22: Auth.AccessSecret 2:7: Port"},
		{"Auth: {PrevSecrets: [[]]}\nPort: x", "0:0: Auth.AccessSecret 1:22: Auth.PrevSecrets[0] 2:7: Port"},
		{"Auht: {AccessSecret: x}\nTimeout: 1", "1:1: Auht 2:10: Timeout"},
		{"Auth: x", "1:7: Auth"},
		{"{}", "0:0: Auth.AccessSecret"},
	} {
		var got []string
		for _, e := range mistakes(t, "c.yaml", x.text) {
			at := fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Path)
			if e.Path == "Auth.AccessSecret" && strings.Contains(x.text, "PrevSecrets") {
				at = "0:0: " + e.Path // wherever the block is
			}
			got = append(got, at)
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%s: got %s, want %s", x.text, strings.Join(got, " "), x.want)
		}
	}
}

// A key that another program reads may have variables that nobody has set here.
func TestIgnoredVariables(t *testing.T) {
	var c struct{ Port int }
	text := []byte("Port: 1\nLog: {Path: '${LOG_PATH}'}\n")
	if err := Parse("c.yaml", text, &c, Ignore("Log"), Environ(nil)); err != nil {
		t.Error(err)
	}
	if err := Parse("c.yaml", text, &c, Environ(nil)); err == nil || !strings.Contains(err.Error(), "LOG_PATH") {
		t.Errorf("got %v", err)
	}
}

// One variable may hold a whole block, and others parts of it.
func TestEnvBlock(t *testing.T) {
	var c settings
	err := Parse("c.yaml", []byte("Auth: {Realm: file}"), &c, Env("APP"), Environ([]string{
		"APP_AUTH_LEEWAY=10s", `APP_AUTH={"AccessSecret":"` + secret + `","Leeway":5}`,
	}))
	if err != nil || c.Auth.AccessSecret != secret || c.Auth.Leeway != 10 || c.Auth.Realm != "" {
		t.Errorf("%v, %v", err, c.Auth)
	}
	got := mistakes(t, "c.yaml", "Host: h", Env("APP"), Environ([]string{`APP_AUTH={"AccesSecret":"` + secret + `"}`})).Error()
	if got != "environment variable APP_AUTH: Auth.AccesSecret: there is no such key; did you mean AccessSecret?" {
		t.Error(got)
	}
}

// The parser numbers some lines one too low; these are where a person looks.
func TestYAMLLines(t *testing.T) {
	for text, want := range map[string]string{
		"Users: [1, 2\nPort: 3\n":                       "2:1: this is no YAML: the list in brackets that begins here or before",
		"Name: x\nUsers: [1, 2\nPort: 3\n":              "2:1: this is no YAML: the list in brackets",
		"Name: x\nPort: 1\nAuth: {a: 1\nHost: h\n":      "3:1: this is no YAML: the block in braces",
		"Name: x\nAuth: {AccessSecret: ${SECRET}}\n":    "2:1: this is no YAML: the block in braces",
		"Name: x\nPort: 1\n Host: h\n":                  "3:2: this is no YAML: there is a second colon",
		"Name: x\nAuth:\n  Realm: a\n Leeway: 5\n":      "4:2: this is no YAML: expected a key",
		"Name: x\nPort: 1\nHost: a: b\n":                "3:1: this is no YAML: there is a second colon",
		"Name: x\nHost: \"abc\nPort: 2\n":               "2:1: this is no YAML: a quote",
		"Name: x\nHost\nPort: 1\n":                      "2:1: this is no YAML: expected a colon",
		"Name: x\n# *s3cret\nAuth:\n  Realm: *s3cret\n": "4:3: this is no YAML: a value is an alias",
		"Name: x\nHost: a\x01b\n":                       "2:1: this is no YAML: there is a control character",
		"Name: x\n- a\n":                                "2:1: this is no YAML: expected a key",
		"Name: x\n---\nPort: 1\n":                       "2:1: a second document",
		"Name: x\n...\nPort: 1\n":                       "3:1: this is no YAML: something follows",
		"Name: x\n2: y\n":                               "2:1: expected a name before the colon; one that reads as a number",
		"Name:x\n":                                      "1:1: expected keys with values, got text: a colon and a space",
		"Name: !secret x\n":                             "1:7: Name: has a YAML tag",
	} {
		if got := mistakes(t, "c.yaml", text).Error(); !strings.HasPrefix(got, "c.yaml:"+want) {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
