package auth

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
)

func TestConfigValidate(t *testing.T) {
	for _, test := range []struct {
		config Config
		want   string // what the error begins with; empty for none
	}{
		{Config{AccessSecret: secret}, ""},
		{Config{AccessSecret: secret, PrevSecrets: []string{previous}, AccessExpire: 86400 * 365, Leeway: 300}, ""},
		{Config{AccessSecret: secret, Leeway: -1, Algorithms: []string{"HS256"}, MaxTokenBytes: 1 << 20, Realm: `my "realm"`}, ""},
		{Config{AccessSecret: secret64[:48], Algorithms: []string{"HS384"}}, ""},
		{Config{AccessSecret: secret64, Algorithms: []string{"HS512"}}, ""},
		{Config{}, "AccessSecret: expected a secret of at least 32 bytes, got none"},
		{Config{AccessSecret: secret[:31]}, "AccessSecret: expected at least 32 bytes, as the hash of the algorithm has, got 31: "},
		{Config{AccessSecret: secret[:31] + "\x00"}, "AccessSecret: expected at least 32 bytes"},
		{Config{AccessSecret: strings.Repeat("\x00", 32)}, "AccessSecret: expected at least 32 bytes"},
		{Config{AccessSecret: secret64[:47], Algorithms: []string{"HS384"}}, "AccessSecret: expected at least 48 bytes"},
		{Config{AccessSecret: secret64[:63], Algorithms: []string{"HS512"}}, "AccessSecret: expected at least 64 bytes"},
		{Config{AccessSecret: secret, PrevSecrets: []string{previous, "short"}}, "PrevSecrets[1]: expected at least 32 bytes, as the hash of the algorithm has, got 5: take it out"},
		{Config{AccessSecret: secret, PrevSecrets: []string{""}}, "PrevSecrets[0]: expected a secret of at least 32 bytes, got none"},
		{Config{AccessSecret: secret, Algorithms: []string{"HS256", "HS512"}}, "Algorithms: a secret has exactly one"},
		{Config{AccessSecret: secret, Algorithms: []string{"none"}}, "Algorithms: expected HS256, HS384 or HS512: a"},
		{Config{AccessSecret: secret, Algorithms: []string{"hs256"}}, "Algorithms: expected HS256"},
		{Config{AccessSecret: secret, Algorithms: []string{"RS256"}}, "Algorithms: expected HS256"},
		{Config{AccessSecret: secret, Algorithms: []string{""}}, "Algorithms: expected HS256"},
		{Config{AccessSecret: secret, AccessExpire: -1}, "AccessExpire: expected a positive number"},
		{Config{AccessSecret: secret, AccessExpire: 1e12}, "AccessExpire: expected at most"},
		{Config{AccessSecret: secret, Leeway: -2}, "Leeway: expected seconds, or -1"},
		{Config{AccessSecret: secret, Leeway: 301}, "Leeway: expected at most 5m"},
		{Config{AccessSecret: secret, MaxTokenBytes: -1}, "MaxTokenBytes: expected"},
		{Config{AccessSecret: secret, MaxTokenBytes: 1<<20 + 1}, "MaxTokenBytes: expected"},
		{Config{AccessSecret: secret, Realm: "a\r\nSet-Cookie: x=y"}, "Realm: expected printable ASCII"},
		{Config{AccessSecret: secret, Realm: "é"}, "Realm: expected printable ASCII"},
		{Config{AccessSecret: secret, Audience: []string{"a", ""}}, "Audience: expected names"},
		{Config{AccessSecret: secret, TokenTypes: []string{""}}, "TokenTypes: expected types"},
		{Config{AccessSecret: secret, TokenTypes: []string{"JWT", "Application/"}}, "TokenTypes: expected types"},
	} {
		err := test.config.Validate()
		if (err == nil) != (test.want == "") || err != nil && !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%v: got %v, want %s", test.config, err, test.want)
		}
		_, errVerifier := NewVerifier[session](test.config)
		_, errIssuer := NewIssuer[Claims](test.config)
		if (errVerifier == nil) != (err == nil) || err != nil && errIssuer == nil {
			t.Errorf("%v: Validate says %v, NewVerifier %v, NewIssuer %v", test.config, err, errVerifier, errIssuer)
		}
	}
}

func TestConfigValidateAll(t *testing.T) {
	err := Config{
		AccessSecret: "short", PrevSecrets: []string{"", "small"}, Algorithms: []string{"none"},
		AccessExpire: -5, Leeway: 9999, Realm: "\n", MaxTokenBytes: -1, Audience: []string{""}, TokenTypes: []string{""},
	}.Validate()
	got := leaves(err)
	var begins []string
	for _, e := range got {
		name, _, _ := strings.Cut(e.Error(), ":")
		begins = append(begins, name)
	}
	const want = "Algorithms AccessSecret PrevSecrets[0] PrevSecrets[1] AccessExpire Leeway MaxTokenBytes Realm Audience TokenTypes"
	if strings.Join(begins, " ") != want {
		t.Errorf("got %v, want %v", begins, want)
	}
	if strings.Contains(err.Error(), "short ") && strings.Contains(err.Error(), `"short"`) || strings.Contains(err.Error(), "small") {
		t.Errorf("a secret is in %q", err)
	}
}

func TestShortSecretTellsTheWayOut(t *testing.T) {
	err := Config{AccessSecret: "go-zero-secret"}.Validate().Error()
	for _, want := range []string{"(1)", "(2)", "openssl rand -base64 48", "WithJwtTransition", "PrevSecrets"} {
		if !strings.Contains(err, want) {
			t.Errorf("%q does not mention %s", err, want)
		}
	}
	if strings.Contains(err, "go-zero-secret") {
		t.Errorf("the secret is in %q", err)
	}
}

func TestSecretsThatAreKeys(t *testing.T) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(&private.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	edwards, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	edDER, err := x509.MarshalPKIXPublicKey(edwards)
	if err != nil {
		t.Fatal(err)
	}
	text := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	const jwk = `{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4","e":"AQAB"}`
	for name, secret := range map[string]string{
		"PEM":            text,
		"PEM, spaces":    " \t\r\n" + text,
		"PEM, BOM":       "\ufeff" + text,
		"PEM, text":      "my key:\n" + text,
		"private":        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END PRIVATE KEY-----",
		"SSH":            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0wmN/Cr3JXqmLW7u+g9pTh+wyqDHpSQEIQczXkVx9q",
		"SSH, spaces":    "\n ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7",
		"SSH, ECDSA":     "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAI",
		"SSH, file":      "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2EAAAADAQABAAABgQC7",
		"JWK":            jwk,
		"JWK, spaces":    "  \n" + jwk,
		"JWKS":           `{"keys":[` + jwk + `]}`,
		"DER":            string(der),
		"DER in base64":  base64.StdEncoding.EncodeToString(der),
		"DER, lines":     " " + base64.StdEncoding.EncodeToString(der)[:40] + "\n" + base64.StdEncoding.EncodeToString(der)[40:],
		"DER of Ed25519": base64.StdEncoding.EncodeToString(edDER),
		"DER, base64url": base64.RawURLEncoding.EncodeToString(der),
		"DER, unpadded":  base64.RawStdEncoding.EncodeToString(edDER),
	} {
		if err := (Config{AccessSecret: secret}).Validate(); err == nil || !strings.Contains(err.Error(), "looks like") {
			t.Errorf("%s: got %v", name, err)
		}
		if err := (Config{AccessSecret: secret64, PrevSecrets: []string{secret}}).Validate(); err == nil {
			t.Errorf("%s: accepted as a previous secret", name)
		}
	}
	for _, good := range []string{
		base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0x30, 0x82}, 24)),
		"{this is a passphrase, and a long one}",
		"correct horse battery staple, and more",
	} {
		if err := (Config{AccessSecret: good}).Validate(); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}

func TestSeconds(t *testing.T) {
	for text, want := range map[string]Seconds{
		`900`: 900, `"900"`: 900, `"15m"`: 900, `"1h30m"`: 5400, `0`: 0, `-1`: -1, `"-1s"`: -1, `null`: 77,
	} {
		got := Seconds(77)
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: got %d %v, want %d", text, got, err, want)
		}
		got = 77
		err := jsonv2.Unmarshal([]byte(text), &got)
		if err != nil || got != want {
			t.Errorf("v2 %s: got %d %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{`1.5`, `"1.5s"`, `"15"m`, `true`, `[]`, `""`, `"15 m"`, `1e3`, `"abc"`, `99999999999999999999`} {
		var got Seconds
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s: accepted as %d", text, got)
		}
	}
	if Seconds(900).String() != "15m0s" || Seconds(900).Duration() != 15*time.Minute {
		t.Errorf("got %v %v", Seconds(900), Seconds(900).Duration())
	}
	if long := maxExpire.Duration(); long < 292*365*24*time.Hour || -long != (-maxExpire).Duration() {
		t.Errorf("a span above the range of durations became %v", long)
	}
}

const configText = `{
	"AccessSecret": "` + secret + `", "PrevSecrets": ["` + previous + `"], "AccessExpire": "1h", "Algorithms": ["HS256"],
	"Issuer": "us", "Audience": ["a"], "TokenTypes": ["JWT", "at+jwt"], "Leeway": 10, "MaxTokenBytes": 4096, "Realm": "r",
	"TrustedOrigins": ["https://app.example.com"], "PrivateKeyFile": "a", "PublicKeyFile": "b", "KeyID": "c",
	"JWKSURL": "d", "Discovery": true, "ScopeClaims": ["scp"], "CacheTokens": 9,
	"Issuers": [{"Issuer": "i", "Audience": ["j"], "Algorithms": ["ES256"], "AccessSecret": "` + secret + `",
	"PrevSecrets": ["` + previous + `"], "PublicKeyFile": "k", "JWKSURL": "l", "Discovery": true}],
	"AllowNoExp": true, "AllowBareToken": true, "AllowNoType": true}`

func TestConfigLoads(t *testing.T) {
	want := Config{
		AccessSecret: secret, PrevSecrets: []string{previous}, PrivateKeyFile: "a", PublicKeyFile: "b", KeyID: "c",
		JWKSURL: "d", Discovery: true, AccessExpire: 3600, Algorithms: []string{"HS256"}, Issuer: "us", Audience: []string{"a"},
		Issuers:    []Trusted{{"i", []string{"j"}, []string{"ES256"}, secret, []string{previous}, "k", "l", true}},
		TokenTypes: []string{"JWT", "at+jwt"}, ScopeClaims: []string{"scp"}, TrustedOrigins: []string{"https://app.example.com"},
		Leeway: 10, MaxTokenBytes: 4096, CacheTokens: 9, Realm: "r", AllowNoExp: true, AllowBareToken: true, AllowNoType: true,
	}
	for i, v := 0, reflect.ValueOf(want); i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Errorf("%s is not in the test", v.Type().Field(i).Name)
		}
	}
	for name, unmarshal := range map[string]func([]byte, any) error{
		"v1": json.Unmarshal,
		"v2": func(b []byte, v any) error { return jsonv2.Unmarshal(b, v, jsonv2.RejectUnknownMembers(true)) },
	} {
		var got Config
		if err := unmarshal([]byte(configText), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v %v", name, got, err)
		}
	}
	// The configuration of a go-zero service.
	var old struct{ Auth Config }
	if err := json.Unmarshal([]byte(`{"Auth":{"AccessSecret":"`+secret+`","AccessExpire":86400}}`), &old); err != nil ||
		old.Auth.AccessExpire != 86400 || old.Auth.Validate() != nil {
		t.Errorf("got %v %v", old, err)
	}
}

func TestConfigRedacts(t *testing.T) {
	c := Config{AccessSecret: secret, PrevSecrets: []string{previous}, Realm: "realm"}
	nested := struct {
		Name string
		Auth Config
		List []Config
		Map  map[string]*Config
	}{"n", c, []Config{c}, map[string]*Config{"a": &c}}
	var out []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%o", "%t", "%20v", "%-8s", "%+q", "% x", "%08.3f"} {
		for _, value := range []any{c, &c, nested, &nested, []Config{c}, map[string]Config{"a": c}, c.redacted()} {
			out = append(out, fmt.Sprintf(verb, value))
		}
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("start", "config", c, "pointer", &c, "nested", nested, slog.Group("g", "c", c))
	}
	out = append(out, log.String(), c.String())
	for _, marshal := range []func(any) ([]byte, error){json.Marshal, func(v any) ([]byte, error) { return jsonv2.Marshal(v) }} {
		for _, value := range []any{c, &c, nested} {
			b, err := marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, string(b))
		}
	}
	yaml, err := c.MarshalYAML()
	out = append(out, fmt.Sprintf("%#v %v", yaml, err))
	for _, text := range out {
		for _, s := range []string{secret, previous} {
			if strings.Contains(text, s) || strings.Contains(text, fmt.Sprintf("%x", s)) || strings.Contains(text, fmt.Sprintf("%X", s)) ||
				strings.Contains(text, fmt.Sprintf("% x", s)) {
				t.Errorf("a secret is in %s", text)
			}
		}
	}
	if got := fmt.Sprintf("%+v", c); !strings.Contains(got, "AccessSecret:[redacted] PrevSecrets:[[redacted]]") || !strings.Contains(got, "Realm:realm") {
		t.Errorf("got %s, want the rest to be shown", got)
	}
	if got := (Config{}).String(); strings.Contains(got, hidden) {
		t.Errorf("got %s, want to see that there is no secret", got)
	}
	if c.AccessSecret != secret || c.PrevSecrets[0] != previous {
		t.Error("redacting changes the config")
	}
}

func TestSchemes(t *testing.T) {
	user := Named{"User", Config{AccessSecret: secret}}
	other := Named{"Admin", Config{AccessSecret: previous}}
	with := func(n Named, change func(*Config)) Named {
		n.Name = "Admin"
		change(&n.Config)
		return n
	}
	same := func(*Config) {}
	for _, test := range []struct {
		name    string
		schemes []Named
		shared  bool
	}{
		{"none", nil, false},
		{"one", []Named{user}, false},
		{"the same one twice", []Named{user, user}, false},
		{"two", []Named{user, other}, false},
		{"same secret", []Named{user, with(user, same)}, true},
		{"zero bytes are no difference", []Named{user, with(user, func(c *Config) { c.AccessSecret += "\x00" })}, true},
		{"secret of one is a previous one", []Named{user, with(other, func(c *Config) { c.PrevSecrets = []string{secret} })}, true},
		{
			"previous ones", []Named{
				with(user, func(c *Config) { c.PrevSecrets = []string{secret64} }),
				{"Third", Config{AccessSecret: previous, PrevSecrets: []string{secret64}}},
			}, true,
		},
		{"algorithms are no difference", []Named{
			{"User", Config{AccessSecret: secret64, Algorithms: []string{"HS512"}}}, {"Admin", Config{AccessSecret: secret64}},
		}, true},
		{"one audience", []Named{user, with(user, func(c *Config) { c.Audience = []string{"a"} })}, true},
		{"audiences overlap", []Named{
			{"User", Config{AccessSecret: secret, Audience: []string{"a", "b"}}}, {"Admin", Config{AccessSecret: secret, Audience: []string{"b"}}},
		}, true},
		{"audiences differ", []Named{
			{"User", Config{AccessSecret: secret, Audience: []string{"a", "b"}}}, {"Admin", Config{AccessSecret: secret, Audience: []string{"c"}}},
		}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, err := range []error{CheckDisjoint(test.schemes...), ValidateSchemes(test.schemes...)} {
				if (err != nil) != test.shared {
					t.Errorf("got %v", err)
				}
				if err != nil && (!strings.Contains(err.Error(), "Admin") || strings.Contains(err.Error(), secret)) {
					t.Errorf("%v: want the names of the schemes and no secret", err)
				}
			}
		})
	}
	err := ValidateSchemes(Named{"User", Config{Leeway: 999}}, Named{"Admin", Config{AccessSecret: "short"}})
	var begins []string
	for _, e := range leaves(err) {
		name, _, _ := strings.Cut(e.Error(), ":")
		begins = append(begins, name)
	}
	if got := strings.Join(begins, " "); got != "User.AccessSecret User.Leeway Admin.AccessSecret" {
		t.Errorf("got %s", got)
	}
}

func TestConstructorsReportEverything(t *testing.T) {
	type wrong struct {
		Claims
		Exp string `json:"exp"`
	}
	_, err := NewVerifier[wrong](Config{AccessSecret: "short", Leeway: 999}, FromHeader("a b"))
	for _, want := range []string{"AccessSecret", "Leeway", "a b", "claims type"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not mention %s", err, want)
		}
	}
}
