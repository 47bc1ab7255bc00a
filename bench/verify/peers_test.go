package verify

import (
	"context"
	"errors"
	"net/http"
	"os"
	"testing"
	"time"

	ginjwt "github.com/appleboy/gin-jwt/v2"
	jwtmiddleware "github.com/auth0/go-jwt-middleware/v2"
	"github.com/auth0/go-jwt-middleware/v2/validator"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/jwtauth/v5"
	"github.com/golang-jwt/jwt/v5"
	echojwt "github.com/labstack/echo-jwt/v4"
	"github.com/labstack/echo/v4"
	"github.com/zeromicro/go-zero/core/logx"
	"github.com/zeromicro/go-zero/rest/handler"

	"github.com/apigen-go/apigen/bench/seed"
	"github.com/apigen-go/apigen/runtime/auth"
)

func TestMain(m *testing.M) {
	logx.Disable() // go-zero logs the requests it refuses, with their tokens
	gin.SetMode(gin.ReleaseMode)
	os.Exit(m.Run())
}

// verification is a way to verify a token.
type verification struct {
	name   string
	verify func(token string) error
}

// structClaims are the claims as people write them for golang-jwt.
type structClaims struct {
	jwt.RegisteredClaims
	UserID string `json:"userId"`
	Name   string `json:"name"`
	Scope  string `json:"scope"`
}

func newParser() *jwt.Parser {
	return jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithIssuer(issuer), jwt.WithAudience(audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt())
}

// verifications are all for HS256, ours first.
func verifications(tb testing.TB) []verification {
	ours, parser, key := verifierOf(tb, config()), newParser(), []byte(secret)
	keyFunc := func(*jwt.Token) (any, error) { return key, nil }
	return []verification{
		{"apigen", func(token string) error {
			_, err := ours.Verify(context.Background(), token)
			return err
		}},
		{"golang-jwt/map", func(token string) error {
			_, err := parser.ParseWithClaims(token, make(jwt.MapClaims), keyFunc)
			return err
		}},
		{"golang-jwt/struct", func(token string) error {
			_, err := parser.ParseWithClaims(token, new(structClaims), keyFunc)
			return err
		}},
	}
}

// server answers 204 to a good token, and 401 to others.
type server struct {
	name string
	http.Handler
}

// servers are all for HS256, ours first. Each does with the claims what its users
// do: it asks for the user's id.
func servers(tb testing.TB) []server {
	return []server{
		{"apigen", oursServer(tb)},
		{"echo-jwt", echoServer()},
		{"gin-jwt", ginServer(tb)},
		{"jwtauth", chiServer()},
		{"go-zero", goZeroServer()},
		{"auth0", auth0Server(tb)},
	}
}

// answer is 204 when the claims have come through.
func answer(w http.ResponseWriter, id any) {
	if id != "248289761001" {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func oursServer(tb testing.TB) http.Handler {
	return verifierOf(tb, config()).Middleware()(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _ := auth.From[seed.Session](r.Context())
		answer(w, c.UserID)
	}))
}

func echoServer() http.Handler {
	e := echo.New()
	e.GET("/", func(c echo.Context) error {
		token, _ := c.Get("user").(*jwt.Token)
		claims, _ := token.Claims.(jwt.MapClaims)
		answer(c.Response(), claims["userId"])
		return nil
	}, echojwt.JWT([]byte(secret)))
	return e
}

func ginServer(tb testing.TB) http.Handler {
	mw, err := ginjwt.New(&ginjwt.GinJWTMiddleware{Realm: "api", Key: []byte(secret), Timeout: time.Hour, IdentityKey: "userId"})
	if err != nil {
		tb.Fatal(err)
	}
	r := gin.New()
	r.GET("/", mw.MiddlewareFunc(), func(c *gin.Context) {
		answer(c.Writer, ginjwt.ExtractClaims(c)["userId"])
		c.Writer.WriteHeaderNow()
	})
	return r
}

func chiServer() http.Handler {
	a := jwtauth.New("HS256", []byte(secret), nil)
	return jwtauth.Verifier(a)(jwtauth.Authenticator(a)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, claims, _ := jwtauth.FromContext(r.Context())
		answer(w, claims["userId"])
	})))
}

func goZeroServer() http.Handler {
	return handler.Authorize(secret)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(w, r.Context().Value("userId"))
	}))
}

// auth0Claims are the claims that are not registered ones.
type auth0Claims struct {
	UserID string `json:"userId"`
	Name   string `json:"name"`
	Scope  string `json:"scope"`
}

func (c *auth0Claims) Validate(context.Context) error {
	if c.UserID == "" {
		return errors.New("userId is missing")
	}
	return nil
}

func auth0Server(tb testing.TB) http.Handler {
	key := func(context.Context) (any, error) { return []byte(secret), nil }
	v, err := validator.New(key, validator.HS256, issuer, []string{audience},
		validator.WithCustomClaims(func() validator.CustomClaims { return new(auth0Claims) }))
	if err != nil {
		tb.Fatal(err)
	}
	return jwtmiddleware.New(v.ValidateToken).CheckJWT(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _ := r.Context().Value(jwtmiddleware.ContextKey{}).(*validator.ValidatedClaims)
		own, _ := c.CustomClaims.(*auth0Claims)
		answer(w, own.UserID)
	}))
}
