package genrt

import (
	"slices"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/internal/query"
)

// readQuery parses the query once.
func (c *Call) readQuery() {
	if c.queryRead {
		return
	}
	c.queryRead = true
	var wrong string
	c.pairs, wrong = query.Read(c.pairs[:0], c.r.URL.RawQuery)
	if wrong != "" { //check:query-read
		c.refuse(wrong)
	}
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
	if name := c.pairs[i].Name; !isKnown(name, names) && !slices.Contains(c.tokenNames, name) { //check:unknown-query
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
	name := cut(c.pairs[i].Name)
	for _, e := range c.issues {
		if e.In == "query" && e.Code == "unknown" && e.Parameter == name {
			return
		}
	}
	c.add(runtime.FieldError{Parameter: name, In: "query", Code: "unknown", Detail: "is not known"})
}
