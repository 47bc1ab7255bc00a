package migrate_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v4"
	"github.com/zeromicro/go-zero/core/conf"
	"github.com/zeromicro/go-zero/rest"

	"github.com/apigen-go/apigen/example/existing/migrate"
	"github.com/apigen-go/apigen/example/existing/migrate/account"
	"github.com/apigen-go/apigen/runtime/auth"
)

const file = "etc/user-api.yaml"

// load reads the configuration as a service of go-zero does.
func load(t *testing.T) migrate.Config {
	t.Helper()
	var c migrate.Config
	if err := conf.Load(file, &c); err != nil {
		t.Fatal(err)
	}
	c.Log.Level, c.Log.Stat = "severe", false // it logs requests whole, with their tokens
	return c
}

// start runs the service, on a port that is free, by go-zero's own means.
func start(t *testing.T, c migrate.Config) (url string) {
	t.Helper()
	server, option, err := migrate.New(c)
	if err != nil {
		t.Fatal(err)
	}
	var running *http.Server
	listening := make(chan net.Addr, 1)
	go server.StartWithOpts(option, func(s *http.Server) {
		running = s
		s.Addr = "127.0.0.1:0"
		s.BaseContext = func(l net.Listener) context.Context {
			listening <- l.Addr()
			return context.Background()
		}
	})
	select {
	case addr := <-listening:
		t.Cleanup(func() { _ = running.Close() })
		return "http://" + addr.String()
	case <-time.After(30 * time.Second):
		t.Fatal("the server does not listen")
		return ""
	}
}

func get(t *testing.T, url, token string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.Status + " " + strings.TrimSpace(string(body))
}

// One process, one secret, one file: tokens of either open the routes of both,
// and logic of go-zero finds its context keys on both sides.
func TestOneProcess(t *testing.T) {
	c := load(t)
	url := start(t, c)
	tutorial, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"userId": 12345678901234567, "iat": time.Now().Unix(), "exp": time.Now().Unix() + c.Auth.AccessExpire,
	}).SignedString([]byte(c.Auth.AccessSecret))
	if err != nil {
		t.Fatal(err)
	}
	issuer, err := account.NewAuthIssuer(account.Config{Auth: auth.Config{AccessSecret: c.Auth.AccessSecret}})
	if err != nil {
		t.Fatal(err)
	}
	ours, _, err := issuer.Access(t.Context(), &account.Session{UserID: 12345678901234567})
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"go-zero's token": tutorial, "our token": ours} {
		for _, path := range []string{"/user/info", "/v2/old/info", "/v2/user/info"} {
			if got, want := get(t, url+path, token), `200 OK {"id":12345678901234567,"name":"user 12345678901234567"}`; got != want {
				t.Errorf("%s, %s: got %s", name, path, got)
			}
		}
	}
	for _, path := range []string{"/user/info", "/v2/old/info", "/v2/user/info"} {
		if got := get(t, url+path, "no.token.atall"); !strings.HasPrefix(got, "401 ") {
			t.Errorf("%s: got %s", path, got)
		}
	}
}

// A secret that go-zero takes and HS256 must not have ends the start with an
// error that says what to do.
func TestShortSecret(t *testing.T) {
	c := load(t)
	c.Auth.AccessSecret = "abc12345"
	_, _, err := migrate.New(c)
	if err == nil || !strings.Contains(err.Error(), "WithJwtTransition") || strings.Contains(err.Error(), "abc12345") {
		t.Errorf("got %v", err)
	}
}

// The file of go-zero is the file of apigen.
func TestOneFile(t *testing.T) {
	c := load(t)
	s, err := migrate.LoadSettings(file)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != c.Name || s.Host != c.Host || s.Port != c.Port ||
		s.Auth.AccessSecret != c.Auth.AccessSecret || s.Auth.AccessExpire != auth.Seconds(c.Auth.AccessExpire) {
		t.Errorf("go-zero has read %s %s:%d, apigen %s %s:%d", c.Name, c.Host, c.Port, s.Name, s.Host, s.Port)
	}
}

// go-zero's loader does not fill auth.Config in, whose fields are optional in a
// way of its own: that is why New copies two of them.
func TestGoZeroLoaderWantsEveryField(t *testing.T) {
	var c struct {
		rest.RestConf
		Auth auth.Config
	}
	if err := conf.Load(file, &c); err == nil || !strings.Contains(err.Error(), "Auth") {
		t.Errorf("got %v", errors.Unwrap(err))
	}
}
