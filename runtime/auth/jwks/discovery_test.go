package jwks

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// issuerServer is an issuer with its document and its keys.
type issuerServer struct {
	*publisher
	mu         sync.Mutex // guards the rest
	docs, sets int        // requests since asked
	doc, set   http.HandlerFunc
}

// answers sets what answers for the document and for the keys; nil leaves it.
func (s *issuerServer) answers(doc, set http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if doc != nil {
		s.doc = doc
	}
	if set != nil {
		s.set = set
	}
}

// route counts a request and returns what answers it.
func (s *issuerServer) route(doc bool) http.HandlerFunc {
	s.mu.Lock()
	defer s.mu.Unlock()
	if doc {
		s.docs++
		return s.doc
	}
	s.sets++
	return s.set
}

// newIssuer serves keys below path, where the issuer is.
func newIssuer(t testing.TB, path string) *issuerServer {
	t.Helper()
	s := &issuerServer{publisher: newPublisher(t, nil)}
	s.now(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case path + wellKnown:
			s.route(true)(w, r)
		case "/keys", "/moved":
			s.route(false)(w, r)
		default:
			http.NotFound(w, r)
		}
	})
	s.answers(says(documentOf(s.URL+path, s.URL+"/keys"), "Content-Type", "application/json"),
		publishes(t, edKeys(t, "a"), "Cache-Control", "max-age=300"))
	return s
}

func documentOf(issuer, keys string) string {
	return fmt.Sprintf(`{"issuer":%q,"jwks_uri":%q,"id_token_signing_alg_values_supported":["RS256"],"x":{"y":null}}`, issuer, keys)
}

func (s *issuerServer) client(t testing.TB, k *handClock, issuer string) *Client {
	t.Helper()
	c, err := NewDiscovery(issuer, WithHTTPClient(s.Client()), WithClock(k.read), WithLogger(quiet))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// asked asks how often the document and the keys were fetched since the last call.
func (s *issuerServer) asked(t testing.TB, docs, sets int) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.docs != docs || s.sets != sets {
		t.Errorf("the document was asked %d times and the keys %d times, expected %d and %d", s.docs, s.sets, docs, sets)
	}
	s.docs, s.sets = 0, 0
}

func TestDiscovery(t *testing.T) {
	for _, path := range []string{"", "/tenant"} {
		for _, slash := range []string{"", "/"} {
			s := newIssuer(t, path)
			issuer := s.URL + path + slash
			s.answers(says(documentOf(issuer, s.URL+"/keys"), "Content-Type", "application/json"), nil)
			hasIDs(t, mustSet(t, s.client(t, newHandClock(), issuer), "a"), "a")
			s.asked(t, 1, 1)
		}
	}
}

// The document has a lifetime of its own, and is asked again when it is over and
// when the keys were not where it says.
func TestDiscoveryLifetime(t *testing.T) {
	s, k := newIssuer(t, ""), newHandClock()
	c := s.client(t, k, s.URL)
	mustSet(t, c, "")
	s.asked(t, 1, 1)
	k.add(minLifetime)
	mustSet(t, c, "")
	s.asked(t, 0, 1)
	k.add(minLifetime)
	mustSet(t, c, "")
	s.asked(t, 0, 1)
	k.add(minLifetime)
	mustSet(t, c, "")
	s.asked(t, 1, 1)

	set := s.set
	s.answers(nil, fails(410))
	s.answers(says(documentOf(s.URL, s.URL+"/moved"), "Content-Type", "application/json"), nil)
	k.add(minLifetime)
	mustSet(t, c, "") // the old ones
	s.asked(t, 0, 1)
	s.answers(nil, set)
	k.add(time.Second)
	mustSet(t, c, "")
	s.asked(t, 1, 1)
	if at := c.discovery.keys; at.Path != "/moved" {
		t.Errorf("the keys are looked for at %s", at)
	}
	// One that cannot be had spoils the fetch, although the keys could be.
	s.answers(fails(500), nil)
	k.add(defaultLifetime)
	mustSet(t, c, "")
	s.asked(t, 1, 0)
	k.add(maxStale)
	mustFail(t, c, "")
	s.asked(t, 1, 0)
}

func TestDiscoveryRefused(t *testing.T) {
	s := newIssuer(t, "")
	plain := newPlainPublisher(t, s.set)
	good := documentOf(s.URL, s.URL+"/keys")
	for name, c := range map[string]struct{ text, want string }{
		"empty":            {"", "a JSON object with the strings"},
		"page":             {"<html>" + secretMark, "a JSON object with the strings"},
		"list":             {"[" + good + "]", "a JSON object with the strings"},
		"more":             {good + good, "a JSON object with the strings"},
		"null":             {"null", "expected exactly the issuer"},
		"no issuer":        {`{"jwks_uri":"` + s.URL + `/keys"}`, "expected exactly the issuer"},
		"other issuer":     {documentOf("https://"+secretMark+".example", s.URL+"/keys"), "got another"},
		"slash":            {documentOf(s.URL+"/", s.URL+"/keys"), "differs by the slash"},
		"case of issuer":   {documentOf(strings.Replace(s.URL, "https", "HTTPS", 1), s.URL+"/keys"), "got another"},
		"template":         {documentOf(s.URL+"/{tenantid}", s.URL+"/keys"), "got another"},
		"issuer in list":   {strings.Replace(good, `"issuer":"`+s.URL+`"`, `"issuer":["`+s.URL+`"]`, 1), "a JSON object with the strings"},
		"issuer twice":     {strings.Replace(good, `{`, `{"issuer":"https://evil.example",`, 1), "no member twice"},
		"keys twice":       {strings.Replace(good, `{`, `{"jwks_uri":"https://evil.example",`, 1), "no member twice"},
		"case of member":   {strings.Replace(good, `"issuer"`, `"Issuer"`, 1), "expected exactly the issuer"},
		"no keys":          {`{"issuer":"` + s.URL + `"}`, "jwks_uri: expected a URL that begins with https"},
		"relative keys":    {documentOf(s.URL, "/keys"), "jwks_uri: expected a URL that begins with https"},
		"far http":         {documentOf(s.URL, "http://keys.example/"), "jwks_uri: expected https"},
		"http of loopback": {documentOf(s.URL, plain.URL), "jwks_uri: expected https://, as the issuer has it"},
		"user":             {documentOf(s.URL, strings.Replace(s.URL, "://", "://u:"+secretMark+"@", 1)), "jwks_uri: expected a URL without user"},
		"fragment":         {documentOf(s.URL, s.URL+"/keys#"+secretMark), "jwks_uri: expected a URL without a fragment"},
		"number":           {`{"issuer":"` + s.URL + `","jwks_uri":1}`, "a JSON object with the strings"},
		"bad text":         {strings.Replace(good, "RS256", "\xff", 1), "a JSON object with the strings"},
	} {
		t.Run(name, func(t *testing.T) {
			s.answers(says(c.text, "Content-Type", "application/json"), nil)
			err := mustFail(t, s.client(t, newHandClock(), s.URL), "")
			if !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), s.URL+wellKnown+": ") {
				t.Errorf("got %v, expected the URL and %q", err, c.want)
			}
			s.asked(t, 1, 0)
			if n := plain.count(); n != 0 {
				t.Errorf("%d requests went elsewhere", n)
			}
		})
	}
}

// Documents are fetched by the rules for keys.
func TestDiscoveryIsFetchedLikeKeys(t *testing.T) {
	for name, bad := range badSources(t) {
		if strings.Contains(bad.want, "JWK") || strings.Contains(bad.want, "key") || strings.Contains(bad.want, "one") {
			continue // a document of another kind
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, k := newIssuer(t, ""), newHandClock()
			c := s.client(t, k, s.URL)
			doc := s.doc
			s.answers(bad.serve, nil)
			if err := mustFail(t, c, ""); !strings.Contains(err.Error(), bad.want) {
				t.Errorf("got %v, expected %q", err, bad.want)
			}
			s.answers(doc, nil)
			k.add(time.Second)
			hasIDs(t, mustSet(t, c, ""), "a")
		})
	}
}

// Keys of an issuer on this machine may be fetched over http.
func TestDiscoveryOverHTTP(t *testing.T) {
	set := publishes(t, edKeys(t, "a"))
	p := newPlainPublisher(t, nil)
	p.now(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == wellKnown {
			says(documentOf(p.URL, p.URL+"/keys"), "Content-Type", "application/json")(w, r)
			return
		}
		set(w, r)
	})
	c, err := NewDiscovery(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	hasIDs(t, mustSet(t, c, ""), "a")
}

// FuzzDiscovery looks for a document that is accepted although encoding/json reads
// another issuer or another place in it, or although the place is none to fetch.
func FuzzDiscovery(f *testing.F) {
	const issuer = "https://a.example/t"
	good := documentOf(issuer, "https://b.example/keys")
	for _, s := range []string{
		good, "", "{}", "null", good + " ", strings.Replace(good, "{", `{"issuer":null,`, 1), strings.Replace(good, "https://b", "http://b", 1),
		`{"issuer":"https:\/\/a.example\/t","jwks_uri":"https:\/\/b.example"}`, `{"issuer":"https://a.example/t","JWKS_URI":"x"}`,
	} {
		f.Add([]byte(s))
	}
	d, err := newDiscovery(issuer)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		u, err := d.read(text)
		if err != nil {
			return
		}
		var members map[string]any
		if err := json.Unmarshal(text, &members); err != nil {
			t.Fatalf("accepted, and encoding/json says: %v", err)
		}
		keys, _ := members["jwks_uri"].(string)
		if members["issuer"] != issuer {
			t.Errorf("the issuer is %v", members["issuer"])
		}
		if want, err := parseURL(keys); err != nil || want.String() != u.String() || u.Scheme != "https" {
			t.Errorf("got %v, and jwks_uri is %q (%v)", u, keys, err)
		}
	})
}
