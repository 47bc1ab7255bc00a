package jwks

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// to redirects, without the help of net/http, which changes locations.
func to(status int, location string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if location != "" {
			w.Header().Set("Location", location)
		}
		w.WriteHeader(status)
	}
}

// chain redirects n times within its server and then answers. A negative n is a
// loop.
func chain(n int, answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		i, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if i == n {
			answer(w, r)
			return
		}
		to(http.StatusFound, "/"+strconv.Itoa(i+1))(w, r)
	}
}

func TestRedirectsFollowed(t *testing.T) {
	answer := publishes(t, edKeys(t, "a"))
	secure, plain := newPublisher(t, answer), newPlainPublisher(t, answer)
	for _, status := range []int{301, 302, 303, 307, 308} {
		c := newPublisher(t, to(status, secure.URL+"/x?y=z")).client(t, newHandClock(), WithHTTPClient(secure.Client()))
		hasIDs(t, mustSet(t, c, ""), "a")
		c = newPlainPublisher(t, to(status, plain.URL)).client(t, newHandClock())
		hasIDs(t, mustSet(t, c, ""), "a")
		c = newPlainPublisher(t, to(status, secure.URL)).client(t, newHandClock(), WithHTTPClient(secure.Client()))
		hasIDs(t, mustSet(t, c, ""), "a")
	}
	p := newPublisher(t, chain(3, answer))
	hasIDs(t, mustSet(t, p.client(t, newHandClock()), ""), "a")
	if n := p.count(); n != 4 {
		t.Errorf("%d requests, expected 4", n)
	}
}

func TestRedirectsRefused(t *testing.T) {
	answer := publishes(t, edKeys(t, "a"))
	secure, plain := newPublisher(t, answer), newPlainPublisher(t, answer)
	port := plain.URL[strings.LastIndexByte(plain.URL, ':'):]
	for name, c := range map[string]struct {
		from *publisher
		want string
	}{
		"four":               {newPublisher(t, chain(4, answer)), "at most 3 redirects"},
		"loop":               {newPublisher(t, chain(-1, answer)), "at most 3 redirects"},
		"to itself":          {newPublisher(t, to(302, "/keys")), "at most 3 redirects"},
		"nowhere":            {newPublisher(t, to(302, "")), "a redirect with Location"},
		"broken":             {newPublisher(t, to(302, "https://"+secretMark+":x/%zz")), "a redirect to an https URL"},
		"https to http":      {newPublisher(t, to(302, plain.URL)), "from https to http"},
		"http to other http": {newPlainPublisher(t, to(302, "http://192.0.2.1"+port)), "a redirect to an https URL"},
		"https to far http":  {newPublisher(t, to(302, "http://192.0.2.1"+port)), "a redirect to an https URL"},
		"ftp":                {newPublisher(t, to(302, "ftp://127.0.0.1/")), "a redirect to an https URL"},
		"file":               {newPublisher(t, to(302, "file:///etc/passwd")), "a redirect to an https URL"},
		"data":               {newPublisher(t, to(302, "data:application/json,{}")), "a redirect to an https URL"},
		"user":               {newPublisher(t, to(302, strings.Replace(secure.URL, "://", "://"+secretMark+"@", 1))), "a redirect to an https URL"},
		"fragment":           {newPublisher(t, to(302, secure.URL+"/#"+secretMark)), "a redirect to an https URL"},
	} {
		t.Run(name, func(t *testing.T) {
			secure.count()
			plain.count()
			client := c.from.client(t, newHandClock())
			if err := mustFail(t, client, ""); !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, expected %q", err, c.want)
			}
			if n := secure.count() + plain.count(); n != 0 {
				t.Errorf("%d requests went where the redirect leads", n)
			}
		})
	}
}

// A redirect to a URL with a query that fails shows where it led, without it.
func TestRedirectErrorShowsNoQuery(t *testing.T) {
	p := newPublisher(t, nil)
	p.now(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/keys" {
			to(302, "/moved?sig="+secretMark)(w, r)
			return
		}
		fails(500)(w, r)
	})
	if err := mustFail(t, p.client(t, newHandClock()), ""); !strings.HasPrefix(err.Error(), p.URL+"/moved: ") {
		t.Errorf("got %v", err)
	}
}
