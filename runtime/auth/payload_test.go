package auth

import (
	"context"
	v1 "encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

func is(err, target error) bool { return errors.Is(err, target) }

func TestVerifyPayload(t *testing.T) {
	v := verifierOf[session](t, Config{})
	forever := verifierOf[session](t, Config{AllowNoExp: true})
	for _, test := range []struct {
		payload string
		want    Code
	}{
		{claimsText(), 0},
		{" \r\n\t" + claimsText() + "\n", 0},
		{claimsText(`"unknown":{"a":[1,2,{"b":null}]}`, `"EXP":1`, `"Exp":"x"`), 0},
		{claimsText(`"name":null`, `"roles":null`, `"iss":null`, `"aud":null`, `"scope":null`, `"nbf":null`, `"iat":null`, `"userId":null`), 0},
		{claimsText(`"name":"\u00e9\ud83d\ude00"`), 0},
		{``, CodeMalformed},
		{`null`, CodeMalformed},
		{` null`, CodeMalformed},
		{`[]`, CodeMalformed},
		{`"exp"`, CodeMalformed},
		{`1700000600`, CodeMalformed},
		{claimsText() + `{}`, CodeMalformed},
		{claimsText() + `x`, CodeMalformed},
		{claimsText() + "\x00", CodeMalformed},
		{claimsText()[:10], CodeMalformed},
		{`{"exp":1700000600,}`, CodeMalformed},
		{`{exp:1700000600}`, CodeMalformed},
		{claimsText(`"exp":1700000600`), CodeMalformed},
		{claimsText(`"\u0065xp":1`), CodeMalformed},
		{claimsText(`"other":1`, `"other":1`), CodeMalformed},
		{claimsText(`"other":{"a":1,"a":1}`), CodeMalformed},
		{claimsText("\"name\":\"\xff\""), CodeMalformed},
		{claimsText("\"other\":\"\xff\""), CodeMalformed},
		{claimsText(`"name":"\ud800"`), CodeMalformed},
		{claimsText(`"name":7`), CodeClaims},
		{claimsText(`"roles":"admin"`), CodeClaims},
		{claimsText(`"roles":{}`), CodeClaims},
		{claimsText(`"iss":1`), CodeClaims},
		{claimsText(`"sub":["a"]`), CodeClaims},
		{claimsText(`"jti":1`), CodeClaims},
		{claimsText(`"scope":["a"]`), CodeClaims},
		{claimsText(`"aud":1`), CodeClaims},
		{claimsText(`"aud":{"a":"b"}`), CodeClaims},
		{claimsText(`"aud":true`), CodeClaims},
		{claimsText(`"aud":["a",1]`), CodeClaims},
		{claimsText(`"aud":["a",null]`), CodeClaims},
		{claimsText(`"aud":[["a"]]`), CodeClaims},
		{claimsText(`"cnf":{"jkt":"abc"}`), CodeType},
		{claimsText(`"cnf":{"x5t#S256":"abc"}`), CodeType},
		{claimsText(`"cnf":{}`), CodeType},
		{claimsText(`"c\u006ef":{"jkt":"abc"}`), CodeType},
		{claimsText(`"cnf":null`), 0},
		{claimsText(`"a":{"cnf":1}`), 0},
		{claimsText(`"name":"cnf"`), 0},
	} {
		t.Run(test.payload, func(t *testing.T) {
			wantCode(t, v, mint(plainHead, test.payload), test.want)
			wantCode(t, forever, mint(plainHead, test.payload), test.want)
		})
	}
}

func TestVerifyExpNumbers(t *testing.T) {
	v := verifierOf[session](t, Config{})
	forever := verifierOf[session](t, Config{AllowNoExp: true})
	for _, text := range []string{
		`"1700000600"`, `true`, `[]`, `{}`, `0`, `-0`, `0.5`, `-1`, `-1700000600`, `1e12`, `1e18`, `1e400`, `-1e400`,
		`9223372036854775807`, `1e-400`, `""`,
	} {
		for _, claim := range []string{"exp", "nbf", "iat"} {
			payload := `{"` + claim + `":` + text + `}`
			if claim != "exp" {
				payload = claimsText(`"` + claim + `":` + text)
			}
			wantCode(t, v, mint(plainHead, payload), CodeClaims)
			wantCode(t, forever, mint(plainHead, payload), CodeClaims)
		}
	}
	for text, want := range map[string]Time{
		`1700000600`: 1700000600, `1700000600.999`: 1700000600, `1.7000006e9`: 1700000600, `1700000600.0`: 1700000600,
		`999999999999`: 999999999999, `999999999999.9`: 999999999999,
	} {
		c := wantCode(t, v, mint(plainHead, `{"exp":`+text+`}`), 0)
		if c != nil && c.ExpiresAt != want {
			t.Errorf("%s: got %d, want %d", text, c.ExpiresAt, want)
		}
	}
	for _, payload := range []string{`{}`, `{"exp":null}`} {
		wantCode(t, v, mint(plainHead, payload), CodeClaims)
		wantCode(t, forever, mint(plainHead, payload), 0)
	}
	wantCode(t, forever, mint(plainHead, `{"exp":1}`), CodeExpired)
}

func TestVerifyTimes(t *testing.T) {
	for _, test := range []struct {
		leeway Seconds
		want   int64
	}{{0, 30}, {-1, 0}, {10, 10}, {300, 300}} {
		v := verifierOf[session](t, Config{Leeway: test.leeway})
		for _, step := range []int64{-1, 0, 1} {
			t.Run(fmt.Sprint(test.leeway, step), func(t *testing.T) {
				expired, early := Code(0), Code(0)
				if step <= 0 {
					expired = CodeExpired // now == exp+leeway is too late
				}
				if step > 0 {
					early = CodeNotYetValid // now+leeway == nbf is in time
				}
				wantCode(t, v, mint(plainHead, fmt.Sprintf(`{"exp":%d}`, now-test.want+step)), expired)
				wantCode(t, v, mint(plainHead, claimsText(fmt.Sprintf(`"nbf":%d`, now+test.want+step))), early)
				wantCode(t, v, mint(plainHead, claimsText(fmt.Sprintf(`"iat":%d`, now+test.want+step))), early)
			})
		}
	}
}

// The clock is asked for each token; part of a second does not count.
func TestVerifyClock(t *testing.T) {
	at := time.Unix(now, 999_999_999)
	v := verifierOf[session](t, Config{Leeway: -1}, WithClock(func() time.Time { return at }), WithClock(nil))
	token := mint(plainHead, fmt.Sprintf(`{"exp":%d}`, now+1))
	wantCode(t, v, token, 0)
	at = at.Add(time.Nanosecond)
	wantCode(t, v, token, CodeExpired)
}

func TestVerifyIssuerAudience(t *testing.T) {
	v := verifierOf[session](t, Config{Issuer: "https://us.example", Audience: []string{"orders", "bills"}})
	iss := `"iss":"https://us.example"`
	for _, test := range []struct {
		payload string
		want    Code
	}{
		{claimsText(iss, `"aud":"orders"`), 0},
		{claimsText(iss, `"aud":["x","bills"]`), 0},
		{claimsText(`"aud":"orders"`), CodeIssuer},
		{claimsText(`"iss":""`, `"aud":"orders"`), CodeIssuer},
		{claimsText(`"iss":"https://us.example/"`, `"aud":"orders"`), CodeIssuer},
		{claimsText(`"iss":"HTTPS://us.example"`, `"aud":"orders"`), CodeIssuer},
		{claimsText(iss), CodeAudience},
		{claimsText(iss, `"aud":null`), CodeAudience},
		{claimsText(iss, `"aud":[]`), CodeAudience},
		{claimsText(iss, `"aud":""`), CodeAudience},
		{claimsText(iss, `"aud":"Orders"`), CodeAudience},
		{claimsText(iss, `"aud":"orders bills"`), CodeAudience},
		{claimsText(iss, `"aud":["order"]`), CodeAudience},
	} {
		wantCode(t, v, mint(plainHead, test.payload), test.want)
	}
	wantCode(t, verifierOf[session](t, Config{}), mint(plainHead, claimsText(`"iss":"a"`, `"aud":"b"`)), 0)
}

type userID int64

type rich struct {
	Claims
	ID      int64            `json:"id"`
	User    userID           `json:"user"`
	Parents []userID         `json:"parents"`
	Limits  map[string]int64 `json:"limits"`
	Owner   *int64           `json:"owner"`
	AuthAt  Time             `json:"auth_time"`
	Active  bool             `json:"active"`
	Ratio   float64          `json:"ratio"`
	Small   int32            `json:"small"`
	Nested  struct {
		N int64 `json:"n"`
	} `json:"nested"`
	Loop *rich `json:"loop"`
	Tag  string
}

func TestVerifyInt64(t *testing.T) {
	v := verifierOf[rich](t, Config{})
	c := wantCode(t, v, mint(plainHead, claimsText(
		`"id":"9007199254740993"`, `"user":"-12"`, `"parents":[1,"2"]`, `"limits":{"a":"5","b":6}`,
		`"owner":"7"`, `"auth_time":1699999999.5`, `"nested":{"n":"8"}`, `"loop":{"id":"9"}`, `"ratio":1.5`, `"small":3`,
		`"active":true`, `"Tag":"t"`)), 0)
	if c == nil {
		t.FailNow()
	}
	got := fmt.Sprint(c.ID, c.User, c.Parents, c.Limits, *c.Owner, int64(c.AuthAt), c.Nested.N, c.Loop.ID, c.Ratio, c.Small, c.Active, c.Tag)
	if want := "9007199254740993 -12 [1 2] map[a:5 b:6] 7 1699999999 8 9 1.5 3 truet"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c = wantCode(t, v, mint(plainHead, claimsText(`"id":null`, `"user":null`, `"owner":null`)), 0)
	if c != nil && (c.ID != 0 || c.User != 0 || c.Owner != nil) {
		t.Errorf("null left %d %d %v", c.ID, c.User, c.Owner)
	}
	for _, bad := range []string{
		`""`, `"x"`, `"1.0"`, `1.5`, `1e3`, `"+1"`, `"01"`, `"-0"`, `" 1"`, `"1 "`, `"0x1"`, `"1_0"`, `true`, `[]`, `"\u0031"`,
		`9223372036854775808`, `"9223372036854775808"`,
	} {
		for _, claim := range []string{"id", "user", "owner"} {
			wantCode(t, v, mint(plainHead, claimsText(`"`+claim+`":`+bad)), CodeClaims)
		}
		wantCode(t, verifierOf[session](t, Config{}), mint(plainHead, claimsText(`"userId":`+bad)), CodeClaims)
	}
	wantCode(t, v, mint(plainHead, claimsText(`"small":"3"`)), CodeClaims)
	wantCode(t, v, mint(plainHead, claimsText(`"auth_time":"1699999999"`)), CodeClaims)
}

// Payloads are decoded in memory that the next token overwrites.
func TestClaimsOutliveTheirPayload(t *testing.T) {
	type raw struct {
		Claims
		Name string                    `json:"name"`
		V1   v1.RawMessage             `json:"v1"`
		V2   jsontext.Value            `json:"v2"`
		Any  map[string]any            `json:"any"`
		More map[string]jsontext.Value `json:",embed"`
	}
	v := verifierOf[raw](t, Config{})
	payload := func(x string) string {
		return claimsText(`"sub":"`+x+`"`, `"aud":["`+x+`"]`, `"scope":"`+x+` b"`, `"name":"`+x+`"`, `"v1":["`+x+`"]`,
			`"v2":{"`+x+`":1}`, `"any":{"`+x+`":"`+x+`"}`, `"`+x+`":"`+x+`"`)
	}
	c := wantCode(t, v, mint(plainHead, payload("alice")), 0)
	want := fmt.Sprintf("%+v %s %s", *c, c.V1, c.V2)
	for range 20 {
		wantCode(t, v, mint(plainHead, payload("mallo")), 0)
	}
	if got := fmt.Sprintf("%+v %s %s", *c, c.V1, c.V2); got != want || !strings.Contains(got, "alice") || strings.Contains(got, "mallo") {
		t.Errorf("the claims became %s, want %s", got, want)
	}
}

func TestScopes(t *testing.T) {
	v := verifierOf[session](t, Config{})
	for text, want := range map[string]string{
		`"a b"`: "a|b", `"a"`: "a", `""`: "", `" a  b "`: "a|b", `"a\tb"`: "a\tb", `"a\u00a0b"`: "a\u00a0b", `null`: "",
	} {
		c := wantCode(t, v, mint(plainHead, claimsText(`"scope":`+text)), 0)
		if got := strings.Join(c.Scope, "|"); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	s := Scopes{"orders:read", "orders:write"}
	if !s.Has() || !s.Has("orders:read") || !s.Has("orders:write", "orders:read") ||
		s.Has("orders") || s.Has("") || s.Has("orders:read", "admin") {
		t.Error("Has does not look for all scopes, each as a whole")
	}
}

func TestRequireClaims(t *testing.T) {
	v := verifierOf[session](t, Config{}, RequireClaims("name"), RequireClaims("roles", "sub", "name"))
	name, roles, sub := `"name":"Alice"`, `"roles":["a"]`, `"sub":"1"`
	wantCode(t, v, mint(plainHead, claimsText(name, roles, sub)), 0)
	wantCode(t, v, mint(plainHead, claimsText(`"n\u0061me":"x"`, roles, sub)), 0)
	for _, payload := range []string{
		claimsText(roles, sub), claimsText(name, sub), claimsText(name, roles),
		claimsText(`"name":null`, roles, sub), claimsText(`"name":""`, roles, sub),
		claimsText(name, `"roles":[ ]`, sub), claimsText(`"Name":"x"`, roles, sub),
	} {
		wantCode(t, v, mint(plainHead, payload), CodeClaims)
	}
}

var errPolicy = errors.New("banned: alice@example.com")

type validated struct {
	Claims
	Name string `json:"name"`
}

func (v *validated) Validate() error {
	if v.Name != "good" {
		return errPolicy
	}
	return nil
}

type validatedContext struct{ Claims }

func (validatedContext) Validate(ctx context.Context) error { return ctx.Err() }

func TestValidateHook(t *testing.T) {
	v := verifierOf[validated](t, Config{})
	wantCode(t, v, mint(plainHead, claimsText(`"name":"good"`)), 0)
	bad := mint(plainHead, claimsText(`"name":"bad"`))
	wantCode(t, v, bad, CodeClaims)
	_, err := v.Verify(context.Background(), bad)
	if !is(err, errPolicy) || strings.Contains(err.Error(), "alice") {
		t.Errorf("got %q, want the error behind it without its text", err)
	}
	w := verifierOf[validatedContext](t, Config{})
	wantCode(t, w, mint(plainHead, claimsText()), 0)
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.Verify(gone, mint(plainHead, claimsText())); codeOf(t, err) != CodeClaims {
		t.Errorf("got %v, want the context to reach Validate", err)
	}
}

type revoker func(ctx context.Context, c *Claims) (bool, error)

func (f revoker) Revoked(ctx context.Context, c *Claims) (bool, error) { return f(ctx, c) }

func TestRevoker(t *testing.T) {
	down := errors.New("dial tcp: refused")
	calls := 0
	v := verifierOf[session](t, Config{}, WithRevoker(revoker(func(_ context.Context, c *Claims) (bool, error) {
		calls++
		switch c.ID {
		case "stolen":
			return true, nil
		case "unknown":
			return false, down
		}
		return false, nil
	})))
	wantCode(t, v, mint(plainHead, claimsText(`"jti":"fine"`)), 0)
	wantCode(t, v, mint(plainHead, claimsText(`"jti":"stolen"`)), CodeRevoked)
	wantCode(t, v, mint(plainHead, claimsText(`"jti":"unknown"`)), CodeUnavailable)
	_, err := v.Verify(context.Background(), mint(plainHead, claimsText(`"jti":"unknown"`)))
	if !is(err, down) {
		t.Errorf("%v does not lead to its cause", err)
	}
	calls = 0
	wantCode(t, v, mint(plainHead, `{"exp":1}`), CodeExpired)
	wantCode(t, v, signWith(previous, plainHead, claimsText()), CodeSignature)
	if calls != 0 {
		t.Error("the revoker is asked about tokens that are refused anyway")
	}
}
