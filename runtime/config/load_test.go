package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

// The file of go-zero's JWT tutorial, with the block its configuration wants.
const tutorial = `Name: user-api
Host: 0.0.0.0
Port: 8888
Auth:
  AccessSecret: ` + secret + `
  AccessExpire: 3600
`

func TestTutorial(t *testing.T) {
	var c struct {
		Server
		generated
	}
	if err := Parse("etc/user-api.yaml", []byte(tutorial), &c); err != nil {
		t.Fatal(err)
	}
	want := Server{Name: "user-api", Host: "0.0.0.0", Port: 8888}
	if c.Server != want || c.Auth.AccessSecret != secret || c.Auth.AccessExpire != 3600 {
		t.Errorf("got %+v", c)
	}
}

func TestEverything(t *testing.T) {
	const yaml = `
# Comments, anchors, merges, quotes and blocks.
Name: "user-api"
Port: 0
Timeout: 1m30s
MaxBytes: 2MiB
Auth: &auth
  AccessSecret: '` + secret + `'
  PrevSecrets:
    - ` + secret + `-1
  AccessExpire: 2h
  Algorithms: [HS256]
  Leeway: -1
  AllowNoType: true
dsn: |-
  postgres://u:p@h
  /db
Every: 90
Users:
  - &alice
    ID: u1
    Age: 30
  - <<: *alice
    ID: u2
    Tags: [a, b]
Flags: {x: true, y: false}
Ratio: 1.5e-3
Any: [1, 2.5, text, true, ~, {k: v}, 99999999999999999999]
`
	const json = `{"Name":"user-api","Port":0,"Timeout":"90s","MaxBytes":2097152,
"Auth":{"AccessSecret":"` + secret + `","PrevSecrets":["` + secret + `-1"],"AccessExpire":7200,"Algorithms":["HS256"],"Leeway":-1,"AllowNoType":true},
"dsn":"postgres://u:p@h\n/db","Every":"1m30s","Users":[{"ID":"u1","Age":30},{"ID":"u2","Age":30,"Tags":["a","b"]}],
"Flags":{"x":true,"y":false},"Ratio":0.0015,"Any":[1,2.5,"text",true,null,{"k":"v"},99999999999999999999]}`
	ratio := 1.5e-3
	want := settings{
		Server: Server{Name: "user-api", Timeout: 90e9, MaxBytes: 2 << 20},
		generated: generated{Auth: auth.Config{
			AccessSecret: secret, PrevSecrets: []string{secret + "-1"}, AccessExpire: 7200,
			Algorithms: []string{"HS256"}, Leeway: -1, AllowNoType: true,
		}},
		Users: []user{{ID: "u1", Age: 30}, {ID: "u2", Age: 30, Tags: []string{"a", "b"}}},
		DSN:   "postgres://u:p@h\n/db",
		Every: 90 * time.Second,
		Any:   []any{int64(1), 2.5, "text", true, nil, map[string]any{"k": "v"}, 1e20},
		Flags: map[string]bool{"x": true, "y": false},
		Ratio: &ratio,
	}
	for name, text := range map[string]string{
		"a.yaml": yaml, "a.json": json,
		"crlf.YML": strings.ReplaceAll(yaml, "\n", "\r\n"), "bom.yaml": "\ufeff" + yaml, "bom.json": "\ufeff" + json,
		// YAML takes JSON, too.
		"json.yaml": json,
	} {
		var got settings
		if err := Parse(name, []byte(text), &got, Environ(nil)); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", name, got, want)
		}
	}
}

// What the file does not have stays as it is, and with a mistake everything does.
func TestDefaults(t *testing.T) {
	ratio := 0.5
	given := func() settings {
		return settings{Server: Server{Host: "127.0.0.1", Port: 80}, Ratio: &ratio, Flags: map[string]bool{"old": true}}
	}
	c := given()
	if err := Parse("c.yaml", []byte("Port: 81\nRatio: 2\nFlags: {new: true}\nAuth: {AccessSecret: "+secret+"}"), &c); err != nil {
		t.Fatal(err)
	}
	if c.Host != "127.0.0.1" || c.Port != 81 || *c.Ratio != 2 || len(c.Flags) != 1 || !c.Flags["new"] {
		t.Errorf("got %+v", c)
	}
	if ratio != 0.5 {
		t.Error("the value behind the caller's pointer was changed")
	}
	c = given()
	if err := Parse("c.yaml", []byte("Host: other\nRatio: 2\nFlags: {new: true}\nPort: x\n"), &c); err == nil {
		t.Fatal("no error")
	}
	if ratio != 0.5 || !reflect.DeepEqual(c, given()) {
		t.Errorf("changed in spite of a mistake: %+v", c)
	}
}

// A file that cannot be read, or is no configuration, says so.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	huge := file("huge.yaml", "")
	if err := os.Truncate(huge, 100<<20); err != nil { // no block of it is on the disk
		t.Fatal(err)
	}
	unreadable := file("unreadable.yaml", "Port: 1")
	if err := os.Chmod(unreadable, 0); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, want string }{
		{filepath.Join(dir, "missing.yaml"), "there is no such file: write one, for which apigen config prints a start, or name another"},
		{unreadable, "the file cannot be read by the user of this process: give it the right to: permission denied"},
		{dir, "expected a file, got a directory"},
		{file("empty.yaml", ""), "the file is empty: apigen config prints a start"},
		{file("blank.json", " \n\t\n"), "the file is empty"},
		{file("comments.yaml", "# Port: 1\n"), "the file is empty"},
		{huge, "the file is larger than 1048576 bytes"},
		{file("config.toml", "Port = 1"), "expected a name that ends in .yaml, .yml or .json"},
		{file("utf16.yaml", "\xff\xfeP\x00o\x00"), "save the file as UTF-8"},
		{file("latin1.yaml", "Name: x\nHost: caf\xe9\n"), ":2:10: expected text in UTF-8"},
		{file("list.yaml", "- Port: 1\n"), ":1:1: expected keys with values, got a list"},
		{file("text.json", `"Port"`), ":1:1: expected keys with values, got text"},
		{file("more.json", "{} {}"), ":1:4: something follows the JSON value"},
		{file("deep.json", strings.Repeat(`{"Any":[`, 50)+strings.Repeat(`]}`, 50)), "nested deeper than 64"},
		{file("deep.yaml", "Any: "+strings.Repeat("[", 100)+strings.Repeat("]", 100)), "nested deeper than 64"},
		{file("key.yaml", "[a]: 1\n"), ":1:1: expected a name before the colon"},
		{file("merge.yaml", "<<: 1\n"), "expected keys with values behind <<"},
		{file("anchor.yaml", "Host: *nowhere\n"), ":1:1: this is no YAML: a value is an alias"},
	} {
		if c.path == unreadable && (os.Getuid() == 0 || runtime.GOOS == "windows") {
			continue // who may read everything
		}
		var got settings
		err := Load(c.path, &got, Environ(nil))
		if err == nil || !strings.HasPrefix(err.Error(), c.path) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", filepath.Base(c.path), err, c.want)
		}
	}
	if err := Load(filepath.Join(dir, "missing.yaml"), new(settings)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v is no fs.ErrNotExist", err)
	}
}

func TestVariables(t *testing.T) {
	env := Environ([]string{"PORT=9000", "SECRET=" + secret, "EMPTY=", "NESTED=${PORT}", "FLAG=true", "NAME=first", "NAME=last"})
	text := `
Name: ${NAME}-${MISSING:-x}${EMPTY:-y}$$z$a${EMPTY}
Host: "${NESTED}"
Port: ${PORT}
Auth: {AccessSecret: "${SECRET}", AccessExpire: "${PORT}", AllowNoExp: "${FLAG}"}
Users: [{ID: '$${PORT}', Age: "${AGE:-7}"}]
Any: ${PORT}
`
	var c settings
	if err := Parse("c.yaml", []byte(text), &c, env); err != nil {
		t.Fatal(err)
	}
	if c.Name != "last-xy$z$a" || c.Host != "${PORT}" || c.Port != 9000 || c.Auth.AccessSecret != secret || c.Auth.AccessExpire != 9000 ||
		!c.Auth.AllowNoExp || c.Users[0].ID != "${PORT}" || c.Users[0].Age != 7 || c.Any != "9000" {
		t.Errorf("got %+v", c)
	}
	got := mistakes(t, "c.json", `{"Port": "${PORT}", "Name": "${A}${B}", "Users": [{"Age": "${C:-old}"}]}`, env).Error()
	for _, want := range []string{"variable A is not set", "variable B is not set", "Users[0].Age: expected a whole number, got text"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestEnv(t *testing.T) {
	file := []byte("Port: 1\nAuth: {AccessExpire: 60, AccessSecret: short}\n")
	var c settings
	err := Parse("c.yaml", file, &c, Env("USERAPI"), Environ([]string{
		"USERAPI_PORT=2", "USERAPI_AUTH_ACCESS_SECRET=" + secret, "USERAPI_AUTH_PREV_SECRETS=[\"" + secret + "-1\"]",
		"USERAPI_NAME=$${x}", "USERAPI_TIMEOUT=5s", "USERAPI_MAX_BYTES=1KiB", "USERAPI_EVERY=3", "USERAPI_RATIO=0.25",
		"USERAPI_AUTH_ALLOW_NO_EXP=true", "USERAPI_FLAGS={\"a\":true}", "USERAPI_DSN=" + secret, "USERAPI_USERS=[{\"ID\":\"u1\"}]", "USERAPI_ANY=text",
		"USERAPIX_PORT=3", "OTHER=1",
	}))
	if err != nil {
		t.Fatal(err)
	}
	ratio := 0.25
	want := settings{
		Server:    Server{Name: "$${x}", Port: 2, Timeout: 5e9, MaxBytes: 1024},
		generated: generated{Auth: auth.Config{AccessSecret: secret, PrevSecrets: []string{secret + "-1"}, AccessExpire: 60, AllowNoExp: true}},
		Users:     []user{{ID: "u1"}}, DSN: secret, Every: 3e9, Ratio: &ratio, Any: "text", Flags: map[string]bool{"a": true},
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got\n%+v\nwant\n%+v", c, want)
	}
}

// A variable that the file names is no slip.
func TestEnvUsedInFile(t *testing.T) {
	var c settings
	err := Parse("c.yaml", []byte("Auth: {AccessSecret: \"${APP_SECRET}\"}"), &c, Env("APP"), Environ([]string{"APP_SECRET=" + secret, "APP_PORT=80"}))
	if err != nil || c.Auth.AccessSecret != secret || c.Port != 80 {
		t.Errorf("%v, port %d", err, c.Port)
	}
}

func TestEnvMistakes(t *testing.T) {
	got := mistakes(t, "c.yaml", tutorial, Env("USERAPI_"), Environ([]string{
		"USERAPI_AUTH_ACESS_SECRET=" + secret, "USERAPI_ZZZZZZZZZ=" + secret, "USERAPI_PORT=" + secret,
		"USERAPI_AUTH_PREV_SECRETS=" + secret, "USERAPI_TIMEOUT=", "USERAPI_AUTH=" + secret,
	})).Error()
	const want = `environment variable USERAPI_AUTH: Auth: expected JSON, such as {"a":"b"}
environment variable USERAPI_AUTH_ACESS_SECRET: overrides no key; did you mean USERAPI_AUTH_ACCESS_SECRET?
environment variable USERAPI_AUTH_PREV_SECRETS: Auth.PrevSecrets: expected JSON, such as ["a","b"]
environment variable USERAPI_ZZZZZZZZZ: overrides no key, and every variable that begins with USERAPI_ should: unset it
environment variable USERAPI_PORT: Port: expected a whole number, got text
environment variable USERAPI_TIMEOUT: Timeout: expected a time with its unit, such as 500ms, 3s or 1m30s`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, c := range []struct {
		prefix string
		into   any
		want   string
	}{
		{"userapi", new(settings), "expected a prefix of upper case letters"},
		{"A", new(struct {
			AuthSecret string
			Auth       struct{ Secret string }
		}), "A_AUTH_SECRET would override both AuthSecret and Auth.Secret"},
		{"A", new(struct {
			Server
			Other struct{ Name string } `yaml:",inline"`
		}), "have the key Name"},
	} {
		if err := Parse("c.yaml", []byte("x: 1"), c.into, Env(c.prefix), Environ(nil)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %T: %v, want %q", c.prefix, c.into, err, c.want)
		}
	}
}

func TestUpperSnake(t *testing.T) {
	for name, want := range map[string]string{
		"AccessSecret": "ACCESS_SECRET", "DBURL": "DBURL", "HTTPPort": "HTTP_PORT", "userID": "USER_ID", "Port": "PORT",
		"max-bytes": "MAX_BYTES", "OAuth2Key": "O_AUTH2_KEY", "a.b": "A_B", "CertFile": "CERT_FILE",
	} {
		if got := upperSnake(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestIgnore(t *testing.T) {
	text := tutorial + "Log: {Level: info}\n"
	var c settings
	if err := Parse("c.yaml", []byte(strings.Replace(text, "Expire", "Later: 1\n  AccessExpire", 1)), &c, Ignore("Log", "Auth.AccessLater")); err != nil {
		t.Error(err)
	}
	if err := Parse("c.yaml", []byte(text), &c, Ignore("Level")); err == nil {
		t.Error("a key was passed over that is not ignored")
	}
}

// Kinds of values that types decide on themselves, or that no file can hold.
func TestTypes(t *testing.T) {
	type inner struct{ A int }
	var c struct {
		*inner  `yaml:",inline"`
		Pair    [2]int
		Time    time.Time
		Pointer **string
		Nested  map[string]inner
		Hidden  string `yaml:"-"`
		Func    func()
		Err     error
		ByInt   map[int]string
		Small   uint8
		Float   float32
	}
	for _, x := range []struct{ text, want string }{
		{"Pair: [1, 2]\nTime: 2026-01-02T03:04:05Z\nPointer: x\nNested: {a: {A: 1}}\nSmall: 255\nFloat: 0.5\n", ""},
		{"Pair: [1]", "expected 2 items, got 1"},
		{"Time: " + secret, "expected a time such as 2006-01-02T15:04:05Z"},
		{"Time: [1]", "expected text or a number, got a list"},
		{"Nested: {a: {B: 1}}", "Nested.a.B: there is no such key"},
		{"Hidden: x", "there is no such key"},
		{"Func: x", "which no file can hold"},
		{"Err: x", "which no file can hold"},
		{"ByInt: {a: b}", "only maps with keys of text"},
		{"Small: 256", "from 0 to 255"},
		{"Small: -1", "from 0 to 255"},
		{"Small: 010", "without leading zeros"},
		{"Float: 1e39", "expected a number in the range of its field"},
		{"Pointer: ~\nNested: ~", ""},
		{"Time: ~", "has no value"},
	} {
		err := Parse("c.yaml", []byte(x.text), &c)
		if x.want == "" && err != nil || x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want)) {
			t.Errorf("%s: %v, want %q", x.text, err, x.want)
		}
	}
	if err := Parse("c.yaml", []byte("a: 1"), c); err == nil || !strings.Contains(err.Error(), "expected a pointer") {
		t.Errorf("not a pointer: %v", err)
	}
	if err := Parse("c.yaml", []byte("a: 1"), (*settings)(nil)); err == nil {
		t.Error("a nil pointer was filled")
	}
}

// Every type below says what it does not like, inner ones first and each once.
func TestValidate(t *testing.T) {
	var c struct {
		Server
		generated
		Parts map[string]part
		List  []*part
	}
	err := Parse("c.yaml", []byte("Port: -1\nAuth:\n  Leeway: 600\nParts:\n  a: {N: 1}\n  b: {N: 2}\nList:\n  - N: 3\n  - ~\n"), &c)
	const want = `c.yaml:1:7: Port: expected 1 to 65535, or nothing for 8888
c.yaml:2:1: Auth.AccessSecret: expected a secret of at least 32 bytes, got none: make one with "openssl rand -base64 48"; or name keys in PrivateKeyFile, PublicKeyFile, JWKSURL or Discovery
c.yaml:3:11: Auth.Leeway: expected at most 5m: clocks that differ by more need to be set
c.yaml:6:10: Parts.b.N: expected an odd number`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

type part struct{ N int }

func (p *part) Validate() error {
	if p.N%2 == 0 {
		return errors.New("N: expected an odd number")
	}
	return nil
}

func TestManyMistakes(t *testing.T) {
	var b strings.Builder
	for i := range 60 {
		b.WriteString(strings.Repeat("z", i+9) + ": 1\n")
	}
	all := mistakes(t, "c.yaml", b.String())
	text := all.Error()
	if len(all) != 60 || strings.Count(text, "\n") != 50 || !strings.HasSuffix(text, "and 10 more") {
		t.Errorf("%d mistakes as\n%s", len(all), text)
	}
	var one *Error
	if !errors.As(error(all), &one) || one.Line != 1 || one.Column != 1 || one.File != "c.yaml" || one.Path != "zzzzzzzzz" {
		t.Errorf("the first mistake is %+v", one)
	}
}
