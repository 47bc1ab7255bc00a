package interop_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v4"
	"github.com/zeromicro/go-zero/core/conf"
	"github.com/zeromicro/go-zero/rest"
	"github.com/zeromicro/go-zero/rest/httpx"

	"github.com/apigen-go/apigen/example/existing/migrate/account"
	"github.com/apigen-go/apigen/runtime/auth"
)

// secret is what all share.
var secret = strings.Repeat("s", 32)

func TestMain(m *testing.M) {
	gin.SetMode(gin.ReleaseMode)
	os.Exit(m.Run())
}

// getJwtToken signs a token as the documentation of go-zero shows it:
// https://go-zero.dev/en/docs/tutorials/http/server/jwt
func getJwtToken(t *testing.T, secretKey string, iat, seconds int64, userID any) string {
	t.Helper()
	claims := make(jwt.MapClaims)
	claims["exp"] = iat + seconds
	claims["iat"] = iat
	claims["userId"] = userID
	return sign(t, secretKey, claims, func(*jwt.Token) {})
}

// sign signs claims, after change had a go at the token.
func sign(t *testing.T, secretKey string, claims jwt.MapClaims, change func(*jwt.Token)) string {
	t.Helper()
	token := jwt.New(jwt.SigningMethodHS256)
	token.Claims = claims
	change(token)
	text, err := token.SignedString([]byte(secretKey))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// goZero serves GET /user/info, which answers with the userId of the token.
func goZero(t *testing.T, opts ...rest.RouteOption) http.Handler {
	t.Helper()
	var c rest.RestConf
	if err := conf.LoadFromYamlBytes([]byte("{Name: user-api, Port: 0, Log: {Level: severe, Stat: false}}"), &c); err != nil {
		t.Fatal(err)
	}
	server, err := rest.NewServer(c)
	if err != nil {
		t.Fatal(err)
	}
	server.AddRoute(rest.Route{Method: http.MethodGet, Path: "/user/info", Handler: func(w http.ResponseWriter, r *http.Request) {
		httpx.OkJson(w, map[string]any{"id": r.Context().Value("userId")})
	}}, opts...)
	serverless, err := rest.NewServerless(server)
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(serverless.Serve)
}

// ours serves GET /v2/user/info.
func ours(t *testing.T, c auth.Config, opts ...auth.Option) http.Handler {
	t.Helper()
	h, err := account.NewHandler(account.Config{Auth: c},
		account.Handlers{Account: &account.Account{}, Old: &account.Old{}}, account.WithAuth(opts...))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// issue returns a token of ours for user 7.
func issue(t *testing.T, c auth.Config, opts ...auth.Option) string {
	t.Helper()
	issuer, err := account.NewAuthIssuer(account.Config{Auth: c}, opts...)
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := issuer.Access(context.Background(), &account.Session{UserID: 7})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// get asks for path with the given header Authorization.
func get(h http.Handler, path, authorization string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Authorization", authorization)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// want asks for an answer.
func want(t *testing.T, who string, w *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if w.Code != status || body != "" && strings.TrimSpace(w.Body.String()) != body {
		t.Errorf("%s: want %d %s, got %d %s", who, status, body, w.Code, w.Body)
	}
}

func now() int64 { return time.Now().Unix() }
