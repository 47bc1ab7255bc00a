package auth

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

var everyVerb = []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%o", "%t", "%c", "%U", "%e", "%10.5v"}

// showsSecret reports whether text has a secret, or what fmt makes of the bytes
// of one: text, hexadecimal digits or a list of numbers.
func showsSecret(text string) bool {
	for _, s := range []string{secret, previous} {
		numbers := strings.Trim(fmt.Sprint([]byte(s)), "[]")
		codes := strings.Trim(fmt.Sprintf("%#v", []byte(s)), "[]byte{}")
		for _, form := range []string{s[:16], fmt.Sprintf("%x", s), fmt.Sprintf("%X", s), fmt.Sprintf("% x", s), numbers, codes} {
			if strings.Contains(text, form) {
				return true
			}
		}
	}
	return false
}

// What is made of a Config shows nothing of it, wherever it is kept: keys are in
// closures, which print as addresses.
func TestVerifierRedacts(t *testing.T) {
	c := Config{AccessSecret: secret, PrevSecrets: []string{previous}}
	v, i := verifierOf[session](t, c), issuerOf[session](t, c)
	wantCode(t, v, mint(plainHead, claimsText()), 0) // now there are states of the hash, too
	handler := v.Middleware()(http.NotFoundHandler())
	mux := http.NewServeMux()
	mux.Handle("/", handler)
	kept := struct {
		verifier *Verifier[session]
		value    Verifier[session]
		issuer   Issuer[session]
		handler  http.Handler
		keys     keySet
		signer   signer
	}{v, *v, *i, handler, v.policy.trusts[0].keys, i.terms.keys.signer()}
	var log bytes.Buffer
	for _, logger := range []*slog.Logger{slog.New(slog.NewTextHandler(&log, nil)), slog.New(slog.NewJSONHandler(&log, nil))} {
		logger.Info("made", "verifier", v, "issuer", i, "handler", handler, "kept", kept)
	}
	if showsSecret(log.String()) {
		t.Errorf("slog shows a secret: %s", log.String())
	}
	for _, verb := range everyVerb {
		for _, value := range []any{
			v, *v, v.policy, v.settings, *v.settings, v.policy.trusts, i, *i, i.terms, i.terms.keys,
			struct{ V any }{v},
			[]any{v, i},
			handler, mux, kept, &kept,
		} {
			if showsSecret(fmt.Sprintf(verb, value)) {
				t.Errorf("%s of a %T shows a secret", verb, value)
			}
		}
	}
}

// The two ways around a Config that its documentation tells. When this fails,
// one is gone, and the documentation is to be changed.
func TestConfigLimits(t *testing.T) {
	c := Config{AccessSecret: secret}
	type byValue struct{ auth Config }
	type byPointer struct{ auth *Config }
	type exported struct{ Auth *Config }
	for _, x := range []struct {
		verb  string
		value any
		shows bool
	}{
		{"%v", byValue{c}, true},
		{"%+v", &byValue{c}, true},
		{"%v", byPointer{&c}, false},
		{"%+v", byPointer{&c}, false},
		{"%#v", byPointer{&c}, false},
		{"%s", byPointer{&c}, true},
		{"%s", exported{&c}, false},
		{"%+v", exported{&c}, false},
		{"%p", c, true},
		{"%w", c, true},
	} {
		if got := showsSecret(fmt.Sprintf(x.verb, x.value)); got != x.shows {
			t.Errorf("%s of a %T: a secret is shown: %t, want %t", x.verb, x.value, got, x.shows)
		}
	}
}
