package jose

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// complaint tells how a peer's verdict on a token that is accepted here differs.
// It is empty when the law holds or an exception says why it does not.
func complaint(v verifier, p peer, token string, ours *seen) (text string, excused *exception) {
	theirs, err := p.verify(v, token)
	switch {
	case err != nil:
		text = "refuses it: " + err.Error()
	case !theirs.equal(ours):
		text = "reads other claims"
	default:
		return "", nil
	}
	parts := partsOf(token)
	for i := range exceptions {
		if e := &exceptions[i]; e.peer == p.name && (v.set || !e.set) && e.fits(parts) {
			return "", e
		}
	}
	return text, nil
}

// parts are the objects of a token, as far as they are there.
type parts struct {
	header, payload map[string]any
	headerText      string
}

func partsOf(token string) (p parts) {
	texts := decoded(token)
	p.headerText, p.header = texts[0], membersOf([]byte(texts[0]))
	if len(texts) > 1 {
		p.payload = membersOf([]byte(texts[1]))
	}
	return p
}

// membersOf reads an object of JSON, with its numbers as they are written.
func membersOf(text []byte) (members map[string]any) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	_ = d.Decode(&members)
	return members
}

// judge holds all verdicts on a token together, and reports whether it is good.
func judge(t *testing.T, v verifier, token string) bool {
	t.Helper()
	ours, err := v.verify(token)
	if err != nil {
		return false
	}
	for _, p := range peers {
		if text, _ := complaint(v, p, token, ours); text != "" {
			t.Errorf("%s (issuer and audience wanted: %v): accepted here, and %s %s\n%q\n%+v", v.alg.name, v.bound, p.name, text, decoded(token), ours)
		}
	}
	return true
}

// A good token is accepted by all, and a forged one by none: the comparisons below
// would not say much otherwise.
func TestPeersVerify(t *testing.T) {
	for _, v := range verifiers() {
		token := v.alg.sign(v.header().String(), payloadOf().String())
		if !judge(t, v, token) {
			t.Errorf("%s: a good token is refused here", v.alg.name)
		}
		forged := v.alg.sign(v.header().String(), (&object{}).String())
		forged = token[:strings.LastIndexByte(token, '.')] + forged[strings.LastIndexByte(forged, '.'):]
		if _, err := v.verify(forged); err == nil {
			t.Errorf("%s: a forged token is accepted here", v.alg.name)
		}
		for _, p := range peers {
			if _, err := p.verify(v, forged); err == nil {
				t.Errorf("%s: %s accepts a forged token", v.alg.name, p.name)
			}
		}
	}
}

// An exception that no token meets any more is to be deleted.
func TestExceptions(t *testing.T) {
	for _, e := range exceptions {
		t.Run(e.peer+"/"+e.name, func(t *testing.T) {
			v := verifierOf(t, e.alg, e.set)
			if e.header == "" {
				e.header = v.header().String()
			}
			token := v.alg.sign(e.header, e.payload)
			ours, err := v.verify(token)
			if err != nil {
				t.Fatalf("refused here: %v", err)
			}
			for _, p := range peers {
				if p.name != e.peer {
					continue
				}
				text, excused := complaint(v, p, token, ours)
				if text != "" || excused == nil || excused.name != e.name {
					t.Errorf("expected a difference that this exception fits, got %q and %+v", text, excused)
				}
			}
		})
	}
}

// FuzzToken looks for a token that is accepted here, and refused or read in another
// way there. An empty header or payload stands for a good one that the choices
// change.
func FuzzToken(f *testing.F) {
	for i := range verifiers() {
		f.Add(uint8(i), "", "", []byte{})
		f.Add(uint8(i), verifiers()[i].header().String(), payloadOf().String(), []byte{})
	}
	for _, value := range values {
		f.Add(uint8(0), `{"alg":"HS256","typ":"JWT","other":`+value+`}`, `{"exp":1700000600,"aud":`+value+`}`, []byte{})
		f.Add(uint8(0), "", `{"exp":`+value+`,"other":`+value+`}`, []byte{})
	}
	f.Fuzz(func(t *testing.T, which uint8, header, payload string, c []byte) {
		v := verifiers()[int(which)%len(verifiers())]
		judge(t, v, edited(v, header, payload, c))
	})
}

// TestManyTokens is the same search without a fuzzer, so that each run of the tests
// does some of it. The seed stays, and so do the findings.
func TestManyTokens(t *testing.T) {
	var all, good [2]int // of secrets and of keys
	for i, v := range verifiers() {
		kind, n := 0, 3000
		if v.alg.file != "" {
			kind, n = 1, 60 // these take their time to sign
		}
		r := rand.New(rand.NewPCG(1, uint64(i)))
		for range n {
			if judge(t, v, edited(v, "", "", random(r))) {
				good[kind]++
			}
			if t.Failed() {
				return
			}
		}
		all[kind] += n
	}
	// Where nearly all are refused here, nothing is compared.
	t.Logf("%d of %d tokens of secrets and keys are accepted here", good, all)
	for kind := range all {
		if good[kind] < all[kind]/20 {
			t.Errorf("%d of %d tokens are accepted here, want more to compare", good, all)
		}
	}
}

// random returns choices made by r.
func random(r *rand.Rand) choices {
	c := make(choices, 48)
	for i := range c {
		c[i] = byte(r.Uint32())
	}
	return c
}
