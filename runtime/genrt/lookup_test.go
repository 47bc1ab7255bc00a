package genrt

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/internal/query"
)

// search reads one parameter of each kind, as generated code does, and answers
// what it got.
func search(s *Server, before ...func(*Call)) http.Handler {
	return route(s, func(c *Call) {
		for _, f := range before {
			f(c)
		}
		var got []string
		note := func(name, value string) { got = append(got, name+"="+value) }
		c.QueryNames("q", "page", "tags", "ids")
		var q string
		if p := c.Query("q"); !p.Has() {
			p.Missing()
		} else if p.String(&q) {
			note("q", q)
		}
		if p := c.Query("page"); p.HasValue() {
			var page int
			if p.Int(&page) {
				note("page", strconv.Itoa(page))
			}
		}
		readList := func(name string, p *Param) {
			if !p.Has() {
				return
			}
			list := make([]string, 0, p.Len())
			for p.Next() {
				var e string
				if p.String(&e) {
					list = append(list, e)
				}
			}
			note(name, "["+strings.Join(list, "|")+"]")
		}
		readList("tags", c.QueryList("tags"))
		readList("ids", c.QueryCSV("ids"))
		if !c.Checked() {
			return
		}
		sendName(c, http.StatusOK, strings.Join(got, " "))
	})
}

func rejectUnknown(c *Call) { c.RejectUnknown() }

func queryError(name, code, detail string) string {
	return `{"parameter":"` + name + `","in":"query","code":"` + code + `","detail":"` + detail + `"}`
}

func TestQuery(t *testing.T) {
	s, _ := newServer(t)
	missing := queryError("q", "missing", "is required")
	tests := []struct {
		query  string
		reject bool
		status int
		body   string // of a 200 only the name
	}{
		{"q=a", false, 200, "q=a"},
		{"q=", false, 200, "q="},
		{"q", false, 200, "q="},
		{"", false, 422, doc422(missing)},
		{"page=3", false, 422, doc422(missing)},
		{"q=a&page=3", false, 200, "q=a page=3"},
		{"q=a&page=", false, 200, "q=a"},
		{"q=a&page=x", false, 422, doc422(queryError("page", "type", "must be an integer"))},
		{"q=a&q=b", false, 422, doc422(queryError("q", "repeated", "must be given only once"))},
		{"q=a&q=a", false, 422, doc422(queryError("q", "repeated", "must be given only once"))},
		{"q=a&page=1&page=1", false, 422, doc422(queryError("page", "repeated", "must be given only once"))},
		{"q=a&page=&page=", false, 422, doc422(queryError("page", "repeated", "must be given only once"))},
		{"q=a&tags=x&tags[]=y&tags%5B%5D=z", false, 200, "q=a tags=[x|y|z]"},
		{"q=a&tags=", false, 200, "q=a tags=[]"},
		{"q=a&tags=&tags=", false, 200, "q=a tags=[|]"},
		{"q=a&tags=x,y", false, 200, "q=a tags=[x,y]"},
		{"q=a&ids=x,y", false, 200, "q=a ids=[x|y]"},
		{"q=a&ids=", false, 200, "q=a ids=[]"},
		{"q=a&ids=x,,y&ids[]=z", false, 200, "q=a ids=[x||y|z]"},
		{"q=a&other=1", false, 200, "q=a"},
		{"q=a&other=1&other=2&q[]=1", true, 422, doc422(queryError("other", "unknown", "is not known") + "," + queryError("q[]", "unknown", "is not known"))},
		{"q=a&tags[]=1&ids[]=2&page=3", true, 200, "q=a page=3 tags=[1] ids=[2]"},
		{"q=a&Q=b", true, 422, doc422(queryError("Q", "unknown", "is not known"))},
		{"q=a;b", false, 400, doc400("the query is not valid: it holds ';', which must be written as %3B")},
		{"q=a&x=%zz", false, 400, doc400("the query is not valid: it has a bad percent-encoding")},
		{"q=%ff", false, 400, doc400("the query is not valid UTF-8")},
		{"page=x&x=%ff", true, 400, doc400("the query is not valid UTF-8")},
		{"q=a%26b%3D%3B+c", false, 200, "q=a&b=; c"},
		{"q=a&ids=" + strings.Repeat(",", query.Limit), false, 400, doc400("the query ids has too many elements")},
	}
	for _, tt := range tests {
		t.Run(tt.query[:min(len(tt.query), 30)], func(t *testing.T) {
			h := search(s)
			if tt.reject {
				h = search(s, rejectUnknown)
			}
			if tt.status == 200 {
				tt.body = `{"name":"` + tt.body + `"}`
			}
			r := httptest.NewRequest("GET", "/", nil)
			r.URL.RawQuery = tt.query
			wantAnswer(t, serve(h, r), tt.status, tt.body)
		})
	}
}

// A token in the query is the business of its scheme; a list of that name is not.
func TestTokenParametersAreKnown(t *testing.T) {
	s, _ := newServer(t)
	h := route(s, func(c *Call) {
		c.RejectUnknown("token", "access_token")
		c.QueryNames("q")
		if c.Checked() {
			c.NoContent(204)
		}
	})
	if w := serve(h, httptest.NewRequest("GET", "/?q=1&token=x&access_token=y", nil)); w.Code != 204 {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	w := serve(h, httptest.NewRequest("GET", "/?token[]=x&Token=y&other=z", nil))
	wantAnswer(t, w, 422, doc422(queryError("token[]", "unknown", "is not known")+","+queryError("Token", "unknown", "is not known")+","+
		queryError("other", "unknown", "is not known")))
}

func TestUnknownNamesAreCut(t *testing.T) {
	s, _ := newServer(t)
	name := strings.Repeat("é", 200)
	w := serve(search(s, rejectUnknown), httptest.NewRequest("GET", "/?q=1&"+name+"=1", nil))
	wantAnswer(t, w, 422, doc422(queryError(strings.Repeat("é", 128), "unknown", "is not known")))
}

// read returns what a lookup finds in a request.
func read(t *testing.T, r *http.Request, look func(*Call) *Param) (values []string, has, hasValue bool, answer *httptest.ResponseRecorder) {
	t.Helper()
	s, _ := newServer(t)
	answer = serve(route(s, func(c *Call) {
		p := look(c)
		has, hasValue = p.Has(), p.HasValue()
		var v string
		if p.list {
			for p.Next() {
				p.String(&v)
				values = append(values, v)
			}
		} else if has && p.String(&v) {
			values = append(values, v)
		}
		if c.Checked() {
			c.NoContent(http.StatusNoContent)
		}
	}), r)
	return values, has, hasValue, answer
}

func TestHeaderAndCookie(t *testing.T) {
	tests := []struct {
		name     string
		header   http.Header
		look     func(*Call) *Param
		want     string
		has      bool
		hasValue bool
		answer   string
	}{
		{"header", http.Header{"X-A": {"1"}}, func(c *Call) *Param { return c.Header("x-a") }, "1", true, true, ""},
		{"no header", nil, func(c *Call) *Param { return c.Header("X-A") }, "", false, false, ""},
		{"empty header", http.Header{"X-A": {""}}, func(c *Call) *Param { return c.Header("X-A") }, "", true, false, ""},
		{"host", nil, func(c *Call) *Param { return c.Header("Host") }, "example.com", true, true, ""},
		{
			"header twice",
			http.Header{"X-A": {"1", "2"}},
			func(c *Call) *Param { return c.Header("X-A") }, "", true, true,
			doc422(`{"parameter":"X-A","in":"header","code":"repeated","detail":"must be given only once"}`),
		},
		{
			"header bytes",
			http.Header{"X-A": {"\xe9"}},
			func(c *Call) *Param { return c.Header("X-A") }, "\xe9", true, true,
			doc400("the header X-A is not valid UTF-8"),
		},
		{"header list", http.Header{"X-A": {"1", "2,3"}}, func(c *Call) *Param { return c.HeaderList("X-A") }, "1|2,3", true, true, ""},
		{"header csv", http.Header{"X-A": {"1, 2,\t3 ,,", "4"}}, func(c *Call) *Param { return c.HeaderCSV("X-A") }, "1|2|3|4", true, true, ""},
		{"empty header csv", http.Header{"X-A": {" , "}}, func(c *Call) *Param { return c.HeaderCSV("X-A") }, "", true, false, ""},
		{"no header csv", nil, func(c *Call) *Param { return c.HeaderCSV("X-A") }, "", false, false, ""},
		{"cookie", http.Header{"Cookie": {"a=1; b=2"}}, func(c *Call) *Param { return c.Cookie("b") }, "2", true, true, ""},
		{"no cookie", http.Header{"Cookie": {"a=1"}}, func(c *Call) *Param { return c.Cookie("b") }, "", false, false, ""},
		{
			"cookie twice",
			http.Header{"Cookie": {"a=1; a=2"}},
			func(c *Call) *Param { return c.Cookie("a") }, "", true, true,
			doc422(`{"parameter":"a","in":"cookie","code":"repeated","detail":"must be given only once"}`),
		},
		{"cookie csv", http.Header{"Cookie": {"a=\"1,2\""}}, func(c *Call) *Param { return c.CookieCSV("a") }, "1|2", true, true, ""},
		{"no cookie csv", nil, func(c *Call) *Param { return c.CookieCSV("a") }, "", false, false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			if tt.header != nil {
				r.Header = tt.header
			}
			values, has, hasValue, w := read(t, r, tt.look)
			if got := strings.Join(values, "|"); got != tt.want || has != tt.has || hasValue != tt.hasValue {
				t.Errorf("got %q, Has %v, HasValue %v, want %q %v %v", got, has, hasValue, tt.want, tt.has, tt.hasValue)
			}
			if w.Body.String() != tt.answer {
				t.Errorf("answered %s\nwant     %s", w.Body, tt.answer)
			}
		})
	}
}

func TestPath(t *testing.T) {
	for _, tt := range []struct{ value, want, answer string }{
		{"a", "a", ""},
		{"", "", doc422(`{"parameter":"v","in":"path","code":"missing","detail":"is required"}`)},
		{"\xff", "\xff", doc400("the path v is not valid UTF-8")},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.SetPathValue("v", tt.value)
		values, _, _, w := read(t, r, func(c *Call) *Param { return c.Path("v") })
		if got := strings.Join(values, "|"); got != tt.want || w.Body.String() != tt.answer {
			t.Errorf("%q: got %q, answered %s", tt.value, got, w.Body)
		}
	}
}
