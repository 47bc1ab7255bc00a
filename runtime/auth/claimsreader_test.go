package auth

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

type (
	role  string
	level int8
)

// ticket has a claim of every kind that readers are generated for.
type ticket struct {
	Claims
	Name   string   `json:"name"`
	Role   role     `json:"role"`
	Admin  bool     `json:"admin"`
	Small  level    `json:"small"`
	Plain  int      `json:"plain"`
	ID     int64    `json:"id"`
	User   userID   `json:"user"`
	Count  uint32   `json:"count"`
	Large  uint64   `json:"large"`
	Ratio  float64  `json:"ratio"`
	Coarse float32  `json:"coarse"`
	Tags   []string `json:"tags"`
	Roles  []role   `json:"roles"`
	IDs    []int64  `json:"ids"`
	Bits   []uint16 `json:"bits"`
	Odd    string   `json:"https://example.com/é&<"`
}

// readTicket is what the generator writes for ticket.
func readTicket(r *ClaimsReader, c *ticket) {
	for r.Next() {
		switch r.Name() {
		case "name":
			r.String(&c.Name)
		case "role":
			r.String((*string)(&c.Role))
		case "admin":
			r.Bool(&c.Admin)
		case "small":
			r.Int8((*int8)(&c.Small))
		case "plain":
			r.Int(&c.Plain)
		case "id":
			r.Int64(&c.ID)
		case "user":
			r.Int64((*int64)(&c.User))
		case "count":
			r.Uint32(&c.Count)
		case "large":
			r.Uint64(&c.Large)
		case "ratio":
			r.Float64(&c.Ratio)
		case "coarse":
			r.Float32(&c.Coarse)
		case "tags":
			r.Strings(&c.Tags)
		case "roles":
			ClaimStrings(r, &c.Roles)
		case "ids":
			ClaimIntegers(r, &c.IDs)
		case "bits":
			ClaimIntegers(r, &c.Bits)
		case "https://example.com/é&<":
			r.String(&c.Odd)
		default:
			r.Registered(&c.Claims)
		}
	}
}

// likeJSON reads text both ways. What the reader takes, the JSON package must take
// too, and find the same in it.
func likeJSON[T any, P ClaimsOf[T]](t *testing.T, read func(*ClaimsReader, *T), text string) (taken bool) {
	t.Helper()
	d := newClaimsDecoder[T](settingsOf([]Option{ReadClaims(read)}), false)
	s := &scratch{payload: []byte(text)}
	got := d.readFast(&s.claims, s.payload)
	if got == nil {
		return false
	}
	want := new(T)
	if fail := decodeClaims([]byte(text), want, d.lenient); fail != nil {
		t.Fatalf("%s: the reader takes it, the JSON package does not: %v", text, fail)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: the reader finds\n%+v, the JSON package\n%+v", text, got, want)
	}
	if s.bound() != isBound(s.payload) {
		t.Errorf("%s: cnf is found one way only", text)
	}
	for _, name := range []string{"name", "exp", "aud", "tags", "other", "\\", ""} {
		if s.missing([]string{name}) != missingClaim(s.payload, []string{name}) {
			t.Errorf("%s: %s is missing one way only", text, name)
		}
	}
	scopes := []string{"scope", "tags", "other", "name", "scope"}
	one, two := new(Claims), new(Claims)
	failOne := readScopes(s, scopes, one)
	failTwo := readScopes(&scratch{payload: s.payload}, scopes, two)
	if (failOne == nil) != (failTwo == nil) || failOne != nil && failOne.Error() != failTwo.Error() || !reflect.DeepEqual(one, two) {
		t.Errorf("%s: scopes are %q and %v one way, %q and %v the other", text, one.Scope, failOne, two.Scope, failTwo)
	}
	clear(s.payload) // the next token is read into the same memory
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: the claims do not outlive their text: %+v", text, got)
	}
	return true
}

const fullTicket = `{"iss":"https:\/\/us.example","sub":"1","aud":["a","b"],"exp":1700000600,"nbf":1,"iat":999999999999,"jti":"j","scope":" a  b ",` +
	`"name":"\u00e9\ud83d\ude00","role":"r","admin":true,"small":-128,"plain":-0,"id":"-9223372036854775808","user":7,"count":4294967295,` +
	`"large":18446744073709551615,"ratio":-1.5e3,"coarse":0.1,"tags":["x","y","z","\n"],"roles":["r",""],"ids":[-1,9223372036854775807],"bits":[0,65535],` +
	`"https://example.com/é&<":"odd","other":{"a":[null,{"b":[]}]}}`

func TestReaderTakes(t *testing.T) {
	for _, text := range []string{
		`{}`, ` { "exp" : 1 , "name" : "x" } `, fullTicket, "\t" + strings.ReplaceAll(fullTicket, ",", "\r\n, "),
		`{"aud":"one","scope":"","tags":[],"ids":[],"roles":[]}`, `{"aud":[],"scope":"  "}`,
		`{"aud":null,"exp":null,"scope":null,"name":null,"id":null,"tags":null,"ids":null,"admin":null,"other":null,"cnf":null}`,
		`{"cnf":{"jkt":"x"}}`, `{"cnf":""}`, `{"name":"","aud":"","tags":[ ]}`, `{"EXP":"x","Name":1,"NAME":2}`,
		`{"aud":["1","2","3","4","5","6"],"tags":["1","2","3","4","5"],"scope":"7 8 9 10 11"}`,
		`{"":"","ratio":1e-400}`, `{"id":0,"ids":[0]}`,
	} {
		if !likeJSON(t, readTicket, text) {
			t.Errorf("%s is left to the JSON package", text)
		}
		likeJSON(t, readRegistered, text)
	}
}

// TestReaderLeaves: what the JSON package refuses, or reads in another way, is left
// to it.
func TestReaderLeaves(t *testing.T) {
	for _, text := range []string{
		``, `null`, `[]`, `"exp"`, `{`, `{}{}`, `{} x`, `{"a":1,}`, `{"exp":1`, "{\"name\":\"\xff\"}", "{\"other\":\"\xff\"}", "{\"\xff\":1}",
		`{"exp":1,"exp":1}`, `{"exp":1,"\u0065xp":1}`, `{"other":1,"other":1}`, `{"other":{"a":1,"a":1}}`, `{"other":null,"other":null}`,
		`{"name":"a","name":null}`, `{"name":null,"name":"a"}`, `{"n\u0061me":"a"}`, `{"c\u006ef":1}`, `{"name":"\ud800"}`,
		`{"name":1}`, `{"role":[]}`, `{"admin":"true"}`, `{"admin":0}`, `{"small":128}`, `{"small":1.0}`, `{"plain":"1"}`, `{"count":-1}`, `{"large":18446744073709551616}`,
		`{"ratio":1e400}`, `{"coarse":1e39}`, `{"ratio":"1"}`, `{"tags":"x"}`, `{"tags":[1]}`, `{"tags":[null]}`, `{"roles":{}}`, `{"roles":[1]}`, `{"ids":["1"]}`,
		`{"ids":[1.5]}`, `{"ids":[null]}`, `{"bits":[65536]}`, `{"bits":[-1]}`, `{"id":"+1"}`, `{"id":"01"}`, `{"id":-0}`, `{"id":-0,"user":"1"}`, `{"ids":[-0],"user":"1"}`, `{"id":"-0"}`, `{"id":"\u0031"}`,
		`{"id":1e3}`, `{"id":true}`, `{"id":""}`, `{"id":9223372036854775808}`, `{"exp":"1"}`, `{"exp":0}`, `{"exp":-1}`, `{"exp":1e12}`, `{"exp":1000000000000}`,
		`{"exp":1.5}`, `{"exp":true}`, `{"iss":1}`, `{"aud":1}`, `{"aud":[1]}`, `{"aud":[null]}`, `{"aud":{}}`, `{"scope":["a"]}`,
	} {
		if likeJSON(t, readTicket, text) {
			t.Errorf("%s is taken", text)
		}
	}
	many := strings.Builder{}
	for i := range maxMembers + 1 {
		fmt.Fprintf(&many, `,"%d":0`, i)
	}
	if text := "{" + many.String()[1:] + "}"; likeJSON(t, readTicket, text) {
		t.Errorf("%d claims are compared one by one", maxMembers+1)
	}
}

// FuzzReader compares the reader with the JSON package.
func FuzzReader(f *testing.F) {
	f.Add(fullTicket)
	f.Add(`{"aud":"one","cnf":{},"id":"7","name":"\\","tags":[],"exp":1.5}`)
	f.Add(` {"name" : null , "" : [ { "a" : 1 } ] , "\u0061" : 2 }` + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		likeJSON(t, readTicket, text)
		likeJSON(t, readRegistered, text)
	})
}

// FuzzReaderValues puts arbitrary values behind names that mean something.
func FuzzReaderValues(f *testing.F) {
	names := strings.Fields("iss sub aud exp nbf iat jti scope name role admin small plain id user count large ratio coarse tags roles ids bits cnf other")
	for i, value := range strings.Fields(`"a" 1 1.5e0 -0 "-0" "7" true null [] ["a"] [1] [-1,1e2] {} "\u0031" 1e12 [[]] 65536 -129 "\ud83d\ude00"`) {
		f.Add(uint8(i), value, uint8(2*i+1), value)
	}
	f.Fuzz(func(t *testing.T, i uint8, a string, j uint8, b string) {
		text := fmt.Sprintf(`{%q:%s,%q:%s}`, names[int(i)%len(names)], a, names[int(j)%len(names)], b)
		likeJSON(t, readTicket, text)
		likeJSON(t, readRegistered, text)
	})
}

// Lists that share memory at first must not stay bound to each other.
func TestReaderKeepsListsApart(t *testing.T) {
	v := verifierOf[session](t, Config{}, ReadClaims(readSession))
	c := wantCode(t, v, mint(plainHead, claimsText(`"aud":"a"`, `"scope":"s"`, `"roles":["r"]`)), 0)
	c.Audience = append(c.Audience, "a2")
	c.Scope = append(c.Scope, "s2")
	if got := fmt.Sprint(c.Audience, c.Scope, c.Roles); got != "[a a2] s s2 [r]" {
		t.Errorf("after appending, the lists are %s", got)
	}
}

// What is left to the JSON package is not refused for it.
func TestReaderFallsBack(t *testing.T) {
	v := verifierOf[session](t, Config{}, ReadClaims(readSession), RequireClaims("name"))
	c := wantCode(t, v, mint(plainHead, `{"exp":1700000600.5,"n\u0061me":"Alice","roles":["r"]}`), 0)
	if c != nil && (c.ExpiresAt != 1700000600 || c.Name != "Alice" || len(c.Roles) != 1) {
		t.Errorf("got %+v", c)
	}
	wantCode(t, v, mint(plainHead, claimsText(`"name":1`)), CodeClaims)
	wantCode(t, v, mint(plainHead, claimsText(`"name":"a"`, `"c\u006ef":{"jkt":"x"}`)), CodeType)
	wantCode(t, v, mint(plainHead, claimsText(`"name":"a"`, `"cnf":{"jkt":"x"}`)), CodeType)
	wantCode(t, v, mint(plainHead, claimsText(`"name":"a"`)), 0)
	wantCode(t, v, mint(plainHead, claimsText()), CodeClaims)
}

func TestReaderMustFit(t *testing.T) {
	type nested struct {
		Claims
		Inner struct{ A chan int } `json:"inner"`
	}
	stale := func(r *ClaimsReader, c *session) {
		for r.Next() {
			r.Registered(&c.Claims)
		}
	}
	swapped := func(r *ClaimsReader, c *session) {
		for r.Next() {
			if r.Name() == "name" {
				r.String(&c.Subject)
				continue
			}
			r.Registered(&c.Claims)
		}
	}
	secretive := Config{AccessSecret: secret}
	for name, err := range map[string]error{
		"stale":   errorOf(NewVerifier[session](secretive, ReadClaims(stale))),
		"swapped": errorOf(NewVerifier[session](secretive, ReadClaims(swapped))),
		"idle":    errorOf(NewVerifier[session](secretive, ReadClaims(func(*ClaimsReader, *session) {}))),
		"nested":  errorOf(NewVerifier[nested](secretive, ReadClaims(func(r *ClaimsReader, c *nested) {}))),
	} {
		if err == nil || !strings.Contains(err.Error(), "run go generate") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"ticket":          errorOf(NewVerifier[ticket](secretive, ReadClaims(readTicket))),
		"session":         errorOf(NewVerifier[session](secretive, ReadClaims(readSession))),
		"Claims":          errorOf(NewVerifier[Claims](secretive, ReadClaims(readRegistered))),
		"of another type": errorOf(NewVerifier[session](secretive, ReadClaims(readTicket))),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func errorOf[T any](_ *Verifier[T], err error) error { return err }

func TestVerifyAllocations(t *testing.T) {
	c, token := realToken(t)
	v := verifierOf[session](t, c, ReadClaims(readSession))
	ctx := context.Background()
	n := testing.AllocsPerRun(100, func() {
		if _, err := v.Verify(ctx, token); err != nil {
			t.Fatal(err)
		}
	})
	if n > 3 && !raceEnabled {
		t.Errorf("%v allocations for a token, want 3 at most", n)
	}
}
