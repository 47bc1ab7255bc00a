package interop_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	ginjwt "github.com/appleboy/gin-jwt/v2"
	"github.com/gin-gonic/gin"

	"github.com/apigen-go/apigen/runtime/auth"
)

// ginJWT serves GET /login, GET /refresh and, with a token, GET /user/info.
func ginJWT(t *testing.T) http.Handler {
	t.Helper()
	mw, err := ginjwt.New(&ginjwt.GinJWTMiddleware{
		Realm: "api", Key: []byte(secret), Timeout: time.Hour, MaxRefresh: time.Hour, IdentityKey: "userId",
		Authenticator: func(*gin.Context) (any, error) { return int64(7), nil },
		PayloadFunc:   func(id any) ginjwt.MapClaims { return ginjwt.MapClaims{"userId": id} },
	})
	if err != nil {
		t.Fatal(err)
	}
	r := gin.New()
	r.GET("/login", mw.LoginHandler)
	r.GET("/refresh", mw.RefreshHandler)
	r.GET("/user/info", mw.MiddlewareFunc(), func(c *gin.Context) {
		c.JSON(http.StatusOK, gin.H{"id": ginjwt.ExtractClaims(c)["userId"]})
	})
	return r
}

// tokenOf returns the token in an answer of gin-jwt.
func tokenOf(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var answer struct{ Token string }
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Token == "" {
		t.Fatalf("got %d %s", w.Code, w.Body)
	}
	return answer.Token
}

// What gin-jwt signs opens routes of apigen.
func TestGinTokenHere(t *testing.T) {
	token := tokenOf(t, get(ginJWT(t), "/login", ""))
	want(t, "here", get(ours(t, auth.Config{AccessSecret: secret}), "/v2/user/info", "Bearer "+token),
		http.StatusOK, `{"id":7,"name":"user 7"}`)
}

// What apigen signs opens routes of gin-jwt.
func TestOurTokenInGin(t *testing.T) {
	h := ginJWT(t)
	c := auth.Config{AccessSecret: secret}
	want(t, "gin-jwt", get(h, "/user/info", "Bearer "+issue(t, c)), http.StatusOK, `{"id":7}`)
	c.AccessSecret = strings.ToUpper(secret)
	want(t, "another secret", get(h, "/user/info", "Bearer "+issue(t, c)), http.StatusUnauthorized, "")
}

// refreshable is a claims type whose tokens gin-jwt refreshes: it wants to know
// when the caller signed in.
type refreshable struct {
	auth.Claims
	UserID     int64     `json:"userId"`
	SignedInAt auth.Time `json:"orig_iat"`
}

// gin-jwt refreshes tokens of apigen that have the claim orig_iat, and opens
// routes of apigen with them.
func TestGinRefresh(t *testing.T) {
	issuer, err := auth.NewIssuer[refreshable](auth.Config{AccessSecret: secret})
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := issuer.Access(t.Context(), &refreshable{UserID: 7, SignedInAt: auth.TimeOf(time.Now())})
	if err != nil {
		t.Fatal(err)
	}
	refreshed := tokenOf(t, get(ginJWT(t), "/refresh", "Bearer "+token))
	want(t, "here", get(ours(t, auth.Config{AccessSecret: secret}), "/v2/user/info", "Bearer "+refreshed),
		http.StatusOK, `{"id":7,"name":"user 7"}`)
}

// Without orig_iat gin-jwt does not refresh a token, and panics.
func TestGinRefreshWithout(t *testing.T) {
	h := ginJWT(t)
	defer func() {
		if recover() == nil {
			t.Error("gin-jwt no longer needs orig_iat: the documentation says so")
		}
	}()
	get(h, "/refresh", "Bearer "+issue(t, auth.Config{AccessSecret: secret}))
}
