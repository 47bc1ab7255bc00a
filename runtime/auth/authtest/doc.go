// Package authtest helps to test services that use package auth: a Clock, a Signer
// of tokens of every algorithm, claims and requests of a signed-in caller, and
// Attack, which sends a service the tokens that must not get in.
//
// A test of a handler needs claims, and a test of the service a token:
//
//	me := &Session{Claims: authtest.Claims("alice", "orders:write")}
//	token := authtest.Token(t, issuer, me)
//	h.ServeHTTP(w, authtest.Authorize(r, token))
//
// Tokens that the issuer of a service would never make come from a Signer, and
// hostile ones from a Scheme:
//
//	authtest.Attack(t, authtest.Target{
//		Scheme:  authtest.Scheme{Config: c.Auth, Claims: me},
//		Handler: h,
//		Request: func() *http.Request { return httptest.NewRequest("GET", "/orders", nil) },
//	})
//
// Keys are made for the test and worth nothing outside of it. The package imports
// testing and is for tests alone.
package authtest
