package genrt

import (
	"net/url"
	"strings"

	"github.com/apigen-go/apigen/runtime"
)

// maxParameters bounds the parameters of a query and the elements of a list, as
// net/url does.
const maxParameters = 10_000

// pair is one parameter of the query.
type pair struct{ name, value string }

// parseQuery appends the parameters of a query to pairs. It is strict: the
// result is not empty, but says what is wrong, for a bad percent-encoding, for
// ';', which some take for a separator and others do not, and for too many.
func parseQuery(pairs []pair, query string) (_ []pair, wrong string) {
	if strings.Count(query, "&") >= maxParameters { //check:query-limit
		return pairs, "it has too many parameters"
	}
	for query != "" {
		var part string
		part, query, _ = strings.Cut(query, "&")
		if strings.IndexByte(part, ';') >= 0 { //check:semicolon
			return pairs, "it holds ';', which must be written as %3B"
		}
		if part == "" {
			continue
		}
		var p pair
		p.name, p.value, _ = strings.Cut(part, "=")
		if !unescape(&p.name) || !unescape(&p.value) { //check:percent
			return pairs, "it has a bad percent-encoding"
		}
		pairs = append(pairs, p)
	}
	return pairs, ""
}

// unescape decodes s in place, and reports whether it could.
func unescape(s *string) bool {
	decoded, err := url.QueryUnescape(*s)
	if err != nil {
		return false
	}
	*s = decoded
	return true
}

// readQuery parses the query once.
func (c *Call) readQuery() {
	if c.queryRead {
		return
	}
	c.queryRead = true
	var wrong string
	c.pairs, wrong = parseQuery(c.pairs[:0], c.r.URL.RawQuery)
	if wrong != "" {
		c.refuse("the query is not valid: " + wrong)
		return
	}
	if !areUTF8(c.pairs) { //check:query-utf8
		c.refuse("the query is not valid UTF-8")
	}
}

// areUTF8 reports whether the names and values can be answered in JSON.
func areUTF8(pairs []pair) bool {
	for _, p := range pairs {
		if !isUTF8(p.name) || !isUTF8(p.value) {
			return false
		}
	}
	return true
}

// QueryNames reads the query, of which the route knows the parameters names,
// each also as a list with "[]" behind it. Others are reported where the route
// rejects unknown parameters.
func (c *Call) QueryNames(names ...string) {
	c.readQuery()
	if !c.rejectUnknown {
		return
	}
	for i := 0; i < len(c.pairs) && !c.truncated; i++ {
		c.checkKnown(i, names)
	}
}

// checkKnown reports the parameter at i when it is not among names.
func (c *Call) checkKnown(i int, names []string) {
	if !isKnown(c.pairs[i].name, names) { //check:unknown-query
		c.unknownParameter(i)
	}
}

// isKnown reports whether name, or name without "[]", is among names.
func isKnown(name string, names []string) bool {
	for _, n := range names {
		if name == n || isList(name, n) {
			return true
		}
	}
	return false
}

// isList reports whether given is name with "[]" behind it.
func isList(given, name string) bool {
	return len(given) == len(name)+2 && given[len(name):] == "[]" && given[:len(name)] == name
}

// unknownParameter reports the parameter at i, once for each name.
func (c *Call) unknownParameter(i int) {
	name := cut(c.pairs[i].name)
	for _, e := range c.issues {
		if e.In == "query" && e.Code == "unknown" && e.Parameter == name {
			return
		}
	}
	c.add(runtime.FieldError{Parameter: name, In: "query", Code: "unknown", Detail: "is not known"})
}
