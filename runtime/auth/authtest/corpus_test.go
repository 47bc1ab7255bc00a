package authtest

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

var clockStart = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)

// There is enough of everything, with speaking and different names.
func TestCorpus(t *testing.T) {
	for _, alg := range names() {
		t.Run(alg, func(t *testing.T) {
			s := NewSigner(alg)
			k, err := Scheme{Signer: s}.corpus("https://attacker.example/keys")
			if err != nil {
				t.Fatal(err)
			}
			k.all()
			seen := make(map[string]bool)
			for _, c := range k.cases {
				group, name, _ := strings.Cut(c.Name, "/")
				if group == "" || name == "" || c.Source == "" || c.Token == "" || seen[c.Name] {
					t.Errorf("%q (%s) has no name, source or token, or is there twice", c.Name, c.Source)
				}
				seen[c.Name] = true
			}
			if len(k.cases) < 400 {
				t.Errorf("%d cases", len(k.cases))
			}
			t.Logf("%d tokens and %d requests", len(k.cases), len(k.requests()))
		})
	}
}

// Hostile can be left early.
func TestHostileBreak(t *testing.T) {
	seq, err := Scheme{Signer: NewSigner("HS256")}.Hostile()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range seq {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d cases", n)
	}
	if _, err := (Scheme{}).Hostile(); err == nil {
		t.Error("a scheme without a key makes tokens")
	}
	if _, err := (Scheme{}).Token(); err == nil {
		t.Error("a scheme without a key makes a token")
	}
}

// Every hostile token is refused by Verify alone, and for the reason that its group
// is about.
func TestHostileCodes(t *testing.T) {
	codes := map[string][]auth.Code{
		"form":         {auth.CodeMalformed, auth.CodeAlgorithm},
		"spelling":     {auth.CodeMalformed, auth.CodeSignature},
		"signature":    {auth.CodeSignature},
		"algorithm":    {auth.CodeAlgorithm, auth.CodeSignature, auth.CodeMalformed},
		"confusion":    {auth.CodeAlgorithm, auth.CodeSignature},
		"header":       {auth.CodeMalformed},
		"parameter":    {auth.CodeMalformed},
		"embedded key": {auth.CodeMalformed, auth.CodeSignature},
		"type":         {auth.CodeType, auth.CodeMalformed},
		"payload":      {auth.CodeMalformed, auth.CodeClaims},
		"time":         {auth.CodeExpired, auth.CodeNotYetValid, auth.CodeClaims, auth.CodeMalformed},
		"claims":       {auth.CodeClaims, auth.CodeIssuer, auth.CodeAudience, auth.CodeType},
	}
	for _, alg := range []string{"HS256", "RS256", "PS256", "ES256", "EdDSA"} {
		t.Run(alg, func(t *testing.T) {
			c := strict(t, NewSigner(alg))
			clock := NewClock(clockStart)
			v, err := auth.NewVerifier[auth.Claims](c, auth.WithClock(clock.Now))
			if err != nil {
				t.Fatal(err)
			}
			scheme := Scheme{Config: c, Now: clock.Now}
			if _, err := v.Verify(t.Context(), must(scheme.Token())); err != nil {
				t.Fatalf("the good token: %v", err)
			}
			seq, err := scheme.Hostile()
			if err != nil {
				t.Fatal(err)
			}
			for h := range seq {
				got, err := v.Verify(t.Context(), h.Token)
				if err == nil {
					t.Errorf("%s (%s): accepted as %v", h.Name, h.Source, got)
					continue
				}
				group, _, _ := strings.Cut(h.Name, "/")
				if !fits(codes[group], err) {
					t.Errorf("%s: refused with %v", h.Name, err)
				}
			}
		})
	}
}

func fits(codes []auth.Code, err error) bool {
	for _, code := range codes {
		if e, ok := errors.AsType[*auth.Error](err); ok && e.Code == code {
			return true
		}
	}
	return false
}

// What is said to be JSON is, and what is said to be none is not, for a reader that
// lets repeated names and bytes that are not UTF-8 pass.
func TestBroken(t *testing.T) {
	const text = `{"a":"b"}`
	for _, b := range broken(text) {
		var o map[string]any
		if err := json.Unmarshal([]byte(b.text), &o); err == nil && o != nil {
			t.Errorf("%s: %s is an object", b.name, b.text)
		}
	}
}
