package auth

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

var jwtMethods = map[string]*jwt.SigningMethodHMAC{
	"HS256": jwt.SigningMethodHS256, "HS384": jwt.SigningMethodHS384, "HS512": jwt.SigningMethodHS512,
}

// What golang-jwt signs verifies here.
func TestTheirsHere(t *testing.T) {
	for alg, method := range jwtMethods {
		c := Config{AccessSecret: secret64, Algorithms: []string{alg}, Issuer: "us", Audience: []string{"a"}}
		token, err := jwt.NewWithClaims(method, jwt.RegisteredClaims{
			Issuer: "us", Subject: "alice", Audience: jwt.ClaimStrings{"a", "b"}, ID: "1",
			ExpiresAt: jwt.NewNumericDate(time.Unix(now+60, 0)), NotBefore: jwt.NewNumericDate(time.Unix(now, 0)),
			IssuedAt: jwt.NewNumericDate(time.Unix(now, 0)),
		}).SignedString([]byte(secret64))
		if err != nil {
			t.Fatal(err)
		}
		got := wantCode(t, verifierOf[Claims](t, c), token, 0)
		want := Claims{"us", "alice", Audience{"a", "b"}, now + 60, now, now, "1", nil}
		if fmt.Sprint(*got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", *got, want)
		}
	}
}

// What is issued here verifies with golang-jwt.
func TestOursThere(t *testing.T) {
	for alg := range jwtMethods {
		c := Config{AccessSecret: secret64, Algorithms: []string{alg}, Issuer: "us", Audience: []string{"a"}}
		token, expires, err := issuerOf[session](t, c).Access(context.Background(), &session{Name: "Alice", UserID: 7})
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			jwt.RegisteredClaims
			Name   string `json:"name"`
			UserID int64  `json:"userId"`
		}
		_, err = jwt.ParseWithClaims(token, &got, func(*jwt.Token) (any, error) { return []byte(secret64), nil },
			jwt.WithValidMethods([]string{alg}), jwt.WithTimeFunc(clock), jwt.WithIssuer("us"), jwt.WithAudience("a"),
			jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithStrictDecoding())
		if err != nil || got.Name != "Alice" || got.UserID != 7 || !got.ExpiresAt.Equal(expires) {
			t.Errorf("%s: got %+v %v", alg, got, err)
		}
	}
}

// A service that moves here from go-zero keeps its secret and its tokens, which
// its tutorial makes of a map like this.
func TestGoZeroTokens(t *testing.T) {
	c := Config{AccessSecret: secret, AccessExpire: 86400}
	claims := make(jwt.MapClaims)
	claims["exp"] = int64(now) + int64(c.AccessExpire)
	claims["iat"] = int64(now)
	claims["userId"] = int64(12345678901234567)
	token := jwt.New(jwt.SigningMethodHS256)
	token.Claims = claims
	text, err := token.SignedString([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	got := wantCode(t, verifierOf[session](t, c), text, 0)
	if got.UserID != 12345678901234567 || got.IssuedAt != now {
		t.Errorf("got %+v", got)
	}

	// And it may go back: its middleware takes any HMAC and reads numbers as they
	// are written.
	ours, _, err := issuerOf[session](t, c).Access(context.Background(), &session{UserID: 12345678901234567})
	if err != nil {
		t.Fatal(err)
	}
	back := make(jwt.MapClaims)
	_, err = jwt.NewParser(jwt.WithJSONNumber(), jwt.WithTimeFunc(clock)).ParseWithClaims(ours, back,
		func(*jwt.Token) (any, error) { return []byte(secret), nil })
	if err != nil || fmt.Sprint(back["userId"]) != "12345678901234567" {
		t.Errorf("got %v %v", back, err)
	}
}

// A rotation of secrets signs nobody out.
func TestRotation(t *testing.T) {
	old := Config{AccessSecret: previous}
	next := Config{AccessSecret: secret, PrevSecrets: []string{previous}}
	token, _, err := issuerOf[Claims](t, old).Access(context.Background(), new(Claims))
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, verifierOf[Claims](t, next), token, 0)
	token, _, err = issuerOf[Claims](t, next).Access(context.Background(), new(Claims))
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, verifierOf[Claims](t, Config{AccessSecret: secret}), token, 0)
	wantCode(t, verifierOf[Claims](t, old), token, CodeSignature)
}
