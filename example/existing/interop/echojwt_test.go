package interop_test

import (
	"net/http"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	echojwt "github.com/labstack/echo-jwt/v4"
	"github.com/labstack/echo/v4"

	"github.com/apigen-go/apigen/runtime/auth"
)

// echoJWT serves GET /user/info with a token, and the new routes below /v2.
func echoJWT(t *testing.T) http.Handler {
	t.Helper()
	e := echo.New()
	e.GET("/user/info", func(c echo.Context) error {
		token, ok := c.Get("user").(*jwt.Token)
		if !ok {
			return echo.ErrUnauthorized
		}
		claims, ok := token.Claims.(jwt.MapClaims)
		if !ok {
			return echo.ErrUnauthorized
		}
		return c.JSON(http.StatusOK, map[string]any{"id": claims["userId"]})
	}, echojwt.JWT([]byte(secret)))
	e.Any("/v2/*", echo.WrapHandler(ours(t, auth.Config{AccessSecret: secret})))
	return e
}

// What apigen signs opens routes of echo-jwt.
func TestOurTokenInEcho(t *testing.T) {
	h := echoJWT(t)
	c := auth.Config{AccessSecret: secret}
	want(t, "echo-jwt", get(h, "/user/info", "Bearer "+issue(t, c)), http.StatusOK, `{"id":7}`)
	c.AccessSecret += "x"
	want(t, "another secret", get(h, "/user/info", "Bearer "+issue(t, c)), http.StatusUnauthorized, "")
}

// What a service with echo-jwt signs, by golang-jwt, opens routes of apigen in
// the same process.
func TestEchoTokenHere(t *testing.T) {
	claims := jwt.MapClaims{"userId": 7, "exp": now() + 3600}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	h := echoJWT(t)
	want(t, "echo-jwt", get(h, "/user/info", "Bearer "+token), http.StatusOK, `{"id":7}`)
	want(t, "here", get(h, "/v2/user/info", "Bearer "+token), http.StatusOK, `{"id":7,"name":"user 7"}`)
	want(t, "old logic", get(h, "/v2/old/info", "Bearer "+token), http.StatusOK, `{"id":7,"name":"user 7"}`)
}
