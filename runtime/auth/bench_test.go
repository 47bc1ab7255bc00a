package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// realToken carries what access tokens of services usually carry.
func realToken(tb testing.TB) (Config, string) {
	c := Config{AccessSecret: secret, Issuer: "https://login.example.com", Audience: []string{"orders"}}
	token, _, err := issuerOf[session](tb, c).Access(context.Background(), &session{
		Claims: Claims{Subject: "248289761001", Scope: Scopes{"orders:read", "orders:write"}},
		Name:   "Alice Example", UserID: 248289761001,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return c, token
}

// BenchmarkVerify reports the cost of a verification as a multiple of what no
// verifier can do without: the HMAC, base64 and the comparison.
func BenchmarkVerify(b *testing.B) {
	c, token := realToken(b)
	ctx := context.Background()
	perOp := func(b *testing.B) float64 { return float64(b.Elapsed().Nanoseconds()) / float64(b.N) }
	var floor float64
	b.Run("floor", func(b *testing.B) {
		h := hmac.New(sha256.New, []byte(secret))
		dot := strings.LastIndexByte(token, '.')
		text, first := []byte(token), strings.IndexByte(token, '.')
		payload, signature, sum := make([]byte, 1024), make([]byte, 64), make([]byte, 0, 32)
		b.ReportAllocs()
		for b.Loop() {
			h.Reset()
			h.Write(text[:dot])
			sum = h.Sum(sum[:0])
			n, _ := base64.RawURLEncoding.Decode(signature, text[dot+1:])
			_, _ = base64.RawURLEncoding.Decode(payload, text[first+1:dot])
			if !hmac.Equal(sum, signature[:n]) {
				b.Fatal("signature")
			}
		}
		floor = perOp(b)
	})
	ratio := func(b *testing.B) {
		if floor > 0 {
			b.ReportMetric(perOp(b)/floor, "x-floor")
		}
	}
	for _, ours := range []struct {
		name   string
		option Option
	}{
		{"ours", ReadClaims(readSession)}, // as generated code has it
		{"reflected", nil},
	} {
		b.Run(ours.name, func(b *testing.B) {
			v := verifierOf[session](b, c, ours.option)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := v.Verify(ctx, token); err != nil {
					b.Fatal(err)
				}
			}
			ratio(b)
		})
	}
	b.Run("golang-jwt", func(b *testing.B) {
		type claims struct {
			jwt.RegisteredClaims
			Name   string `json:"name"`
			UserID int64  `json:"userId"`
			Scope  string `json:"scope"`
		}
		p := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(clock),
			jwt.WithIssuer(c.Issuer), jwt.WithAudience(c.Audience...), jwt.WithExpirationRequired(), jwt.WithIssuedAt())
		key := []byte(secret)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.ParseWithClaims(token, new(claims), func(*jwt.Token) (any, error) { return key, nil }); err != nil {
				b.Fatal(err)
			}
		}
		ratio(b)
	})
}
