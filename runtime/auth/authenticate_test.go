package auth

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

// recorder is an Exchange that keeps what it is told.
type recorder struct {
	r         *http.Request
	problem   *runtime.Problem
	challenge string
	header    http.Header
}

func (x *recorder) Request() *http.Request         { return x.r }
func (x *recorder) SetContext(ctx context.Context) { x.r = x.r.WithContext(ctx) }
func (x *recorder) Problem(p *runtime.Problem)     { x.problem = p }
func (x *recorder) Challenge(value string)         { x.challenge = value }
func (x *recorder) AnswerHeader() http.Header      { return x.header }

// requestWith makes a request from pairs of header names and values.
func requestWith(headers ...string) *recorder {
	r := httptest.NewRequest("POST", "/", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return &recorder{r: r, header: make(http.Header)}
}

const plainChallenge = `Bearer realm="api"`

func challengeWith(code, description string) string {
	return plainChallenge + `, error="` + code + `", error_description="` + description + `"`
}

// wantAnswer checks what a refused request is told; status 0 stands for none.
func wantAnswer(t *testing.T, x *recorder, status int, challenge string) {
	t.Helper()
	if status == 0 {
		if x.problem != nil {
			t.Errorf("answered %v (%v), want it let through", x.problem, x.problem.Cause)
		}
		return
	}
	if x.problem == nil {
		t.Fatalf("let through, want %d", status)
	}
	if got := x.problem.Header.Get("WWW-Authenticate"); x.problem.Status != status || got != challenge {
		t.Errorf("got %d %q, want %d %q", x.problem.Status, got, status, challenge)
	}
	if x.problem.Code != "" {
		t.Errorf("code is %q: only declared errors have one", x.problem.Code)
	}
}

func TestAuthenticate(t *testing.T) {
	good := mint(plainHead, claimsText(`"name":"Alice"`))
	expired := mint(plainHead, `{"exp":1}`)
	malformed := challengeWith("invalid_token", "the token is malformed")
	twice := challengeWith("invalid_request", "the request must carry exactly one token")
	both := []Option{FromAuthorization("Bearer"), FromHeader("x-token")}
	only := []Option{FromHeader("X-Token")}
	for _, test := range []struct {
		name      string
		config    Config
		opts      []Option
		headers   []string
		status    int
		challenge string
		optional  int // the status of an optional route, where it differs; -1 for anonymous
	}{
		{name: "good", headers: []string{"Authorization", "Bearer " + good}},
		{name: "word without case", headers: []string{"Authorization", "bEARER " + good}},
		{name: "nothing", status: 401, challenge: plainChallenge, optional: -1},
		{name: "empty header", headers: []string{"Authorization", ""}, status: 401, challenge: plainChallenge},
		{name: "another scheme", headers: []string{"Authorization", "Basic YTpi"}, status: 401, challenge: plainChallenge},
		{name: "another scheme with a token", headers: []string{"Authorization", "JWT " + good}, status: 401, challenge: plainChallenge},
		{name: "bound to a proof", headers: []string{"Authorization", "DPoP " + good}, status: 401, challenge: plainChallenge},
		{name: "longer word", headers: []string{"Authorization", "Bearers " + good}, status: 401, challenge: plainChallenge},
		{name: "bare", headers: []string{"Authorization", good}, status: 401, challenge: plainChallenge},
		{name: "word alone", headers: []string{"Authorization", "Bearer"}, status: 401, challenge: plainChallenge},
		{name: "tab", headers: []string{"Authorization", "Bearer\t" + good}, status: 401, challenge: plainChallenge},
		{name: "two spaces", headers: []string{"Authorization", "Bearer  " + good}, status: 401, challenge: malformed},
		{name: "something behind", headers: []string{"Authorization", "Bearer " + good + " x"}, status: 401, challenge: malformed},
		{name: "list", headers: []string{"Authorization", "Bearer " + good + ", Basic YTpi"}, status: 401, challenge: malformed},
		{name: "garbage", headers: []string{"Authorization", "Bearer x"}, status: 401, challenge: malformed},
		{
			name: "expired", headers: []string{"Authorization", "Bearer " + expired},
			status: 401, challenge: challengeWith("invalid_token", "the token has expired"),
		},
		{name: "two headers", headers: []string{"Authorization", "Bearer " + good, "Authorization", "Bearer " + good}, status: 400, challenge: twice},
		{name: "two schemes", headers: []string{"Authorization", "Basic YTpi", "Authorization", "Bearer " + good}, status: 400, challenge: twice},
		{name: "query is no place", headers: []string{"X-Token", good}, status: 401, challenge: plainChallenge, optional: -1},

		{name: "bare allowed", config: Config{AllowBareToken: true}, headers: []string{"Authorization", good}},
		{name: "bare allowed, word too", config: Config{AllowBareToken: true}, headers: []string{"Authorization", "Bearer " + good}},
		{name: "bare allowed, garbage", config: Config{AllowBareToken: true}, headers: []string{"Authorization", "garbage"}, status: 401, challenge: plainChallenge},
		{name: "bare allowed, bad", config: Config{AllowBareToken: true}, headers: []string{"Authorization", "a.b.c"}, status: 401, challenge: malformed},
		{
			name: "bare allowed, and another place", config: Config{AllowBareToken: true}, opts: both,
			headers: []string{"Authorization", good, "X-Token", good}, status: 400, challenge: twice,
		},

		{name: "header", opts: only, headers: []string{"X-Token", good}},
		{name: "header, Basic beside it", opts: only, headers: []string{"X-Token", good, "Authorization", "Basic YTpi"}},
		{name: "header with a word", opts: only, headers: []string{"X-Token", "Bearer " + good}, status: 401, challenge: malformed},
		{name: "header empty", opts: only, headers: []string{"X-Token", ""}, status: 401, challenge: plainChallenge},
		{name: "header twice", opts: only, headers: []string{"X-Token", good, "X-Token", good}, status: 400, challenge: twice},
		{name: "header not there", opts: only, status: 401, challenge: plainChallenge, optional: -1},
		{name: "header not there, other one is", opts: only, headers: []string{"Authorization", "Bearer " + good}, status: 401, challenge: plainChallenge},
		{
			name: "header, two others beside it", opts: only,
			headers: []string{"X-Token", good, "Authorization", "Basic YTpi", "Authorization", "Basic YTpi"}, status: 400, challenge: twice,
		},
		{
			name: "header only, bare token elsewhere", config: Config{AllowBareToken: true}, opts: only,
			headers: []string{"Authorization", good}, status: 401, challenge: plainChallenge,
		},
		{name: "first of two places", opts: both, headers: []string{"Authorization", "Bearer " + good}},
		{name: "second of two places", opts: both, headers: []string{"X-Token", good}},
		{name: "both places", opts: both, headers: []string{"Authorization", "Bearer " + good, "X-Token", good}, status: 400, challenge: twice},
		{
			name: "another word", opts: []Option{FromAuthorization("Token")}, headers: []string{"Authorization", "token " + good},
		},
		{
			name: "not the other word", opts: []Option{FromAuthorization("Token")}, headers: []string{"Authorization", "Bearer " + good},
			status: 401, challenge: `Token realm="api"`,
		},
		{
			name: "realm is quoted", config: Config{Realm: `a "b\c"`}, status: 401, challenge: `Bearer realm="a \"b\\c\""`, optional: -1,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := verifierOf[session](t, test.config, test.opts...)
			x := requestWith(test.headers...)
			c, ok := v.Authenticate(x)
			wantAnswer(t, x, test.status, test.challenge)
			if ok != (test.status == 0) || (c != nil) != ok {
				t.Errorf("got %v %v with status %d", c, ok, test.status)
			}
			if x.challenge != v.Challenge() {
				t.Errorf("the challenge of later answers is %q", x.challenge)
			}
			if from, found := From[session](x.r.Context()); found != ok || from != c {
				t.Errorf("the context holds %v %v", from, found)
			}

			x = requestWith(test.headers...)
			c, ok = v.AuthenticateOptional(x)
			if test.optional < 0 {
				wantAnswer(t, x, 0, "")
				if c != nil || !ok {
					t.Errorf("got %v %v, want anonymous", c, ok)
				}
				if _, found := From[session](x.r.Context()); found {
					t.Error("the context of an anonymous caller holds claims")
				}
				return
			}
			wantAnswer(t, x, test.status, test.challenge)
			if ok != (test.status == 0) {
				t.Errorf("optional: got %v %v", c, ok)
			}
		})
	}
}

func TestAuthenticateScopes(t *testing.T) {
	v := verifierOf[session](t, Config{})
	x := func() *recorder {
		return requestWith("Authorization", "Bearer "+mint(plainHead, claimsText(`"scope":"orders:read orders:write"`)))
	}
	for _, scopes := range [][]string{nil, {"orders:read"}, {"orders:write", "orders:read"}} {
		x := x()
		_, ok := v.Authenticate(x, scopes...)
		wantAnswer(t, x, 0, "")
		if !ok {
			t.Errorf("%v: refused", scopes)
		}
	}
	few := x()
	if _, ok := v.Authenticate(few, "orders:read", "admin"); ok {
		t.Error("let through without the scope admin")
	}
	wantAnswer(t, few, 403, plainChallenge+`, error="insufficient_scope", `+
		`error_description="the token does not allow this", scope="orders:read admin"`)
	if _, found := From[session](few.r.Context()); found {
		t.Error("the claims of a refused caller are in the context")
	}
	// A bad token is told so, whatever scopes it would have.
	expired := requestWith("Authorization", "Bearer "+mint(plainHead, `{"exp":1}`))
	v.Authenticate(expired, "admin")
	wantAnswer(t, expired, 401, challengeWith("invalid_token", "the token has expired"))
}

func TestAuthenticateUnavailable(t *testing.T) {
	down := errors.New("store is down")
	v := verifierOf[session](t, Config{}, WithRevoker(revoker(func(context.Context, *Claims) (bool, error) { return false, down })))
	headers := []string{"Authorization", "Bearer " + mint(plainHead, claimsText())}
	for _, ask := range []func(Exchange) (*session, bool){
		func(x Exchange) (*session, bool) { return v.Authenticate(x) },
		v.AuthenticateOptional,
	} {
		x := requestWith(headers...)
		if _, ok := ask(x); ok {
			t.Fatal("let through although nobody can tell")
		}
		wantAnswer(t, x, 503, "")
		if x.problem.Header.Get("Retry-After") == "" || !errors.Is(x.problem.Cause, down) {
			t.Errorf("got %v, cause %v, want Retry-After and the cause", x.problem.Header, x.problem.Cause)
		}
	}
}

func TestRevokedIsInvalidToken(t *testing.T) {
	v := verifierOf[session](t, Config{}, WithRevoker(revoker(func(context.Context, *Claims) (bool, error) { return true, nil })))
	x := requestWith("Authorization", "Bearer "+mint(plainHead, claimsText()))
	v.Authenticate(x)
	wantAnswer(t, x, 401, challengeWith("invalid_token", "the token has been revoked"))
}

// RFC 6750 section 3 limits the bytes of error_description.
func TestDescriptions(t *testing.T) {
	allowed := regexp.MustCompile(`^[\x20-\x21\x23-\x5b\x5d-\x7e]+$`)
	for code := CodeMissing; code <= CodeUnavailable; code++ {
		if !allowed.MatchString(descriptions[code]) {
			t.Errorf("%v: description %q", code, descriptions[code])
		}
		if code.String() == "unknown" || refuse(code, "x").Error() != "auth: x" {
			t.Errorf("code %d has no name or text", code)
		}
	}
	if Code(0).String() != "unknown" || Code(200).String() != "unknown" {
		t.Error("codes that do not exist have names")
	}
}

func TestMiddleware(t *testing.T) {
	v := verifierOf[session](t, Config{})
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, ok := From[session](r.Context())
		if !ok {
			_, _ = w.Write([]byte("anonymous"))
			return
		}
		_, _ = w.Write([]byte(c.Name))
	})
	good := "Bearer " + mint(plainHead, claimsText(`"name":"Alice"`, `"scope":"a"`))
	const refused = `{"type":"about:blank","title":"Unauthorized","status":401,"detail":"a token is needed"}`
	const forbidden = `{"type":"about:blank","title":"Forbidden","status":403,"detail":"the token does not allow this"}`
	for _, test := range []struct {
		opts          []MiddlewareOption
		authorization string
		status        int
		body          string
	}{
		{nil, good, 200, "Alice"},
		{nil, "", 401, refused},
		{[]MiddlewareOption{AllowAnonymous(), nil}, "", 200, "anonymous"},
		{[]MiddlewareOption{AllowAnonymous()}, "Basic x", 401, refused},
		{[]MiddlewareOption{RequireScopes("a")}, good, 200, "Alice"},
		{[]MiddlewareOption{RequireScopes("a"), RequireScopes("b")}, good, 403, forbidden},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		if test.authorization != "" {
			r.Header.Set("Authorization", test.authorization)
		}
		w := httptest.NewRecorder()
		v.Middleware(test.opts...)(next).ServeHTTP(w, r)
		if w.Code != test.status || w.Body.String() != test.body {
			t.Errorf("%q: got %d %s, want %d %s", test.authorization, w.Code, w.Body, test.status, test.body)
		}
		if test.status >= 400 && (w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("WWW-Authenticate") == "") {
			t.Errorf("headers are %v", w.Header())
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("AllowAnonymous and RequireScopes together do not panic")
		}
	}()
	v.Middleware(AllowAnonymous(), RequireScopes("a"))
}

// Nobody but the log knows why a store is down.
func TestMiddlewareUnavailable(t *testing.T) {
	var log bytes.Buffer
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	v := verifierOf[session](t, Config{}, WithRevoker(revoker(func(context.Context, *Claims) (bool, error) { return false, errors.New("no route") })))
	ask := func(token string) *httptest.ResponseRecorder {
		r, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
		r.Header.Set("Authorization", "Bearer "+token)
		v.Middleware()(http.NotFoundHandler()).ServeHTTP(w, r)
		return w
	}
	token := mint(plainHead, claimsText())
	if w := ask(token); w.Code != 503 || w.Header().Get("Retry-After") == "" || strings.Contains(w.Body.String(), "no route") {
		t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "no route") || strings.Contains(got, token) {
		t.Errorf("logged %q", got)
	}
	log.Reset()
	if w := ask("x"); w.Code != 401 || log.Len() > 0 {
		t.Errorf("got %d and logged %q", w.Code, log.String())
	}
}

func TestContext(t *testing.T) {
	ctx := With(context.Background(), &session{Name: "Alice"})
	if c, ok := From[session](ctx); !ok || c.Name != "Alice" {
		t.Errorf("got %v %v", c, ok)
	}
	if c, ok := From[Claims](ctx); ok {
		t.Errorf("another type finds %v", c)
	}
	if _, ok := From[session](With[session](ctx, nil)); ok {
		t.Error("nil counts as claims")
	}
}
