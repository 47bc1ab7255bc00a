package authtest_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth"
	"github.com/apigen-go/apigen/runtime/auth/authtest"
)

//snippet:remote

// The service trusts tokens of an identity provider, whose keys it fetches.
func TestProvider(t *testing.T) {
	provider := authtest.NewSigner("ES256").WithKeyID("2030-01")
	keys := httptest.NewServer(provider.Handler())
	defer keys.Close()
	c := auth.Config{JWKSURL: keys.URL, Issuer: "https://login.example.com", Audience: []string{"orders"}}
	v, err := auth.NewVerifier[auth.Claims](c)
	if err != nil {
		t.Fatal(err)
	}

	token := provider.Token(map[string]any{"iss": c.Issuer, "aud": "orders", "sub": "alice"})
	if me, err := v.Verify(t.Context(), token); err != nil || me.Subject != "alice" {
		t.Errorf("got %v, %v", me, err)
	}
	if _, err := v.Verify(t.Context(), provider.Token(map[string]any{"iss": c.Issuer, "aud": "mail"})); err == nil {
		t.Error("a token for another service is accepted")
	}
	authtest.Attack(t, authtest.Target{
		Scheme:  authtest.Scheme{Config: c, Signer: provider},
		Handler: v.Middleware()(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})),
		Request: func() *http.Request { return httptest.NewRequest("GET", "/orders", nil) },
	})
}

//snippet:end
