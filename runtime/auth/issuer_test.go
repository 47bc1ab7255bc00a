package auth

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// parts decodes the header and the payload of a token.
func parts(t *testing.T, token string) (header, payload map[string]any) {
	t.Helper()
	s, fail := split(token)
	if fail != nil {
		t.Fatal(fail)
	}
	for segment, into := range map[string]*map[string]any{s.header: &header, s.payload: &payload} {
		if err := json.Unmarshal([]byte(decoded(t, segment)), into); err != nil {
			t.Fatal(err)
		}
	}
	return header, payload
}

func TestAccess(t *testing.T) {
	at := time.Unix(now, 999_999_999)
	c := Config{Issuer: "https://us.example", Audience: []string{"a", "b"}, AccessExpire: 60}
	i := issuerOf[session](t, c, WithClock(func() time.Time { return at }))
	mine := &session{
		Claims: Claims{"them", "alice", Audience{"x"}, 1, 2, 3, "id", Scopes{"r", "w"}},
		Name:   `</script> "\` + "\u2028", UserID: 1<<53 + 1,
	}
	before := fmt.Sprintf("%#v", mine)
	token, expires, err := i.Access(context.Background(), mine)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%#v", mine); got != before {
		t.Errorf("the claims of the caller became %s", got)
	}
	if !expires.Equal(time.Unix(now+60, 0)) {
		t.Errorf("expires %v", expires)
	}
	header, payload := parts(t, token)
	if fmt.Sprint(header) != "map[alg:HS256 typ:at+jwt]" {
		t.Errorf("header %v", header)
	}
	id, _ := payload["jti"].(string)
	if len(id) < 22 || id == "id" {
		t.Errorf("jti %q", id)
	}
	delete(payload, "jti")
	want := fmt.Sprintf("map[aud:[a b] exp:%v iat:%v iss:https://us.example name:%s nbf:%v scope:r w sub:alice userId:%v]",
		float64(now+60), float64(now), mine.Name, float64(now), float64(1<<53+1))
	if got := fmt.Sprint(payload); got != want {
		t.Errorf("payload\n%s, want\n%s", got, want)
	}
	got := wantCode(t, verifierOf[session](t, c), token, 0)
	if got.Name != mine.Name || got.UserID != mine.UserID || got.Subject != "alice" || !got.Scope.Has("r", "w") ||
		got.ExpiresAt.Time() != expires || got.ID != id {
		t.Errorf("got %+v", got)
	}
	again, _, _ := i.Access(context.Background(), mine)
	if again == token {
		t.Error("two tokens have the same jti")
	}
}

func TestAccessDefaults(t *testing.T) {
	for _, test := range []struct {
		config Config
		typ    string
	}{
		{Config{}, "JWT"},
		{Config{Issuer: "a"}, "JWT"},
		{Config{Audience: []string{"a"}}, "JWT"},
		{Config{Issuer: "a", Audience: []string{"a"}}, "at+jwt"},
	} {
		i := issuerOf[Claims](t, test.config)
		// What the config does not set is absent, whatever the application has.
		token, expires, err := i.Access(context.Background(), &Claims{Issuer: "mine", Audience: Audience{"mine"}})
		if err != nil {
			t.Fatal(err)
		}
		header, payload := parts(t, token)
		_, iss := payload["iss"]
		_, aud := payload["aud"]
		if header["typ"] != test.typ || iss != (test.config.Issuer != "") || aud != (test.config.Audience != nil) {
			t.Errorf("%v: got %v %v", test.config, header, payload)
		}
		if got := expires.Unix() - now; got != 900 {
			t.Errorf("expires after %d s, want 15 minutes", got)
		}
		wantCode(t, verifierOf[Claims](t, test.config), token, 0)
	}
	for alg, key := range map[string]string{"HS256": secret, "HS384": secret64[:48], "HS512": secret64} {
		c := Config{AccessSecret: key, Algorithms: []string{alg}}
		token, _, err := issuerOf[Claims](t, c).Access(context.Background(), new(Claims))
		if err != nil {
			t.Fatal(err)
		}
		wantCode(t, verifierOf[Claims](t, c), token, 0)
	}
}

type extra struct {
	Claims
	More map[string]any `json:",embed"`
}

func TestAccessCannotBeOverridden(t *testing.T) {
	i := issuerOf[extra](t, Config{})
	ctx := context.Background()
	for _, name := range []string{"exp", "iat", "nbf", "iss", "aud", "jti", "sub", "scope"} {
		token, _, err := i.Access(ctx, &extra{More: map[string]any{name: "x"}})
		if err == nil {
			_, payload := parts(t, token)
			t.Errorf("%s: issued %v", name, payload)
		}
	}
	name := "a\",\"exp\":9999999999,\"b\\\n\x01"
	token, _, err := i.Access(ctx, &extra{More: map[string]any{name: 1, "typ": "x", "alg": "none"}})
	if err != nil {
		t.Fatal(err)
	}
	header, payload := parts(t, token)
	if payload["exp"] != float64(now+900) || payload[name] != 1.0 || fmt.Sprint(header) != "map[alg:HS256 typ:JWT]" {
		t.Errorf("got %v %v", header, payload)
	}
}

func TestAccessErrors(t *testing.T) {
	ctx := context.Background()
	i := issuerOf[session](t, Config{MaxTokenBytes: 400})
	for name, c := range map[string]*session{
		"nil":              nil,
		"invalid UTF-8":    {Name: "\xff"},
		"scope with space": {Claims: Claims{Scope: Scopes{"a admin"}}},
		"empty scope":      {Claims: Claims{Scope: Scopes{"a", ""}}},
		"scope with quote": {Claims: Claims{Scope: Scopes{`a"`}}},
		"too large":        {Name: strings.Repeat("x", 400)},
	} {
		token, expires, err := i.Access(ctx, c)
		if err == nil || token != "" || !expires.IsZero() {
			t.Errorf("%s: got %q %v %v", name, token, expires, err)
		}
	}
	if _, err := NewIssuer[session](Config{AccessSecret: secret, TokenTypes: []string{"other"}}); err == nil {
		t.Error("an issuer whose tokens its own verifier refuses")
	}
	if _, err := NewIssuer[session](Config{AccessSecret: secret, TokenTypes: []string{"application/jwt"}}); err != nil {
		t.Error(err)
	}
}

func TestLongExpireWarnsOnce(t *testing.T) {
	var log bytes.Buffer
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	issuerOf[session](t, Config{AccessExpire: 24 * 3600})
	if log.Len() != 0 {
		t.Errorf("24h warns: %s", log.String())
	}
	i := issuerOf[session](t, Config{AccessExpire: 24*3600 + 1})
	_, _, _ = i.Access(context.Background(), new(session))
	if got := log.String(); strings.Count(got, "level=WARN") != 1 || strings.Contains(got, secret) {
		t.Errorf("got %q, want one warning", got)
	}
}

// The same claims make the same text, as long as the jti is the same.
func TestPayloadIsDeterministic(t *testing.T) {
	c := &extra{Claims: Claims{ID: "1"}, More: map[string]any{"b": 1, "a": map[string]int{"d": 1, "c": 2}, "z": nil}}
	terms := issuerOf[extra](t, Config{}).terms
	first, err := terms.sign(c, &c.Claims)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, _ := terms.sign(c, &c.Claims); again != first {
			t.Fatal("the order of members changes")
		}
	}
}
