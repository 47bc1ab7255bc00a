package genrt

import (
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/runtime/internal/query"
)

// Path returns a value of the path. It is never empty.
func (c *Call) Path(name string) *Param {
	p := c.start("path", name)
	p.give(c.r.PathValue(name))
	if p.text == "" { //check:empty-path
		p.Missing()
		p.failed = true
	}
	return p
}

// Query returns a parameter of the query that may be given once.
func (c *Call) Query(name string) *Param {
	c.readQuery()
	p := c.start("query", name)
	for i, q := range c.pairs {
		if q.Name == name {
			p.give(q.Value)
		}
		if c.rejectUnknown && isList(q.Name, name) { //check:unknown-list
			c.unknownParameter(i) // this is not a list
		}
	}
	return p
}

// Header returns a header that may stand once.
func (c *Call) Header(name string) *Param {
	p := c.start("header", name)
	for _, v := range c.headerValues(name) {
		p.give(v)
	}
	return p
}

// Cookie returns a cookie that may be sent once.
func (c *Call) Cookie(name string) *Param {
	p := c.start("cookie", name)
	for _, k := range c.r.CookiesNamed(name) {
		p.give(k.Value)
	}
	return p
}

// QueryList returns the parameters called name or name[] as a list.
func (c *Call) QueryList(name string) *Param {
	c.readQuery()
	p := c.startList("query", name)
	for _, q := range c.pairs {
		if q.Name == name || isList(q.Name, name) {
			p.element(q.Value)
		}
	}
	return p
}

// QueryCSV returns a list whose elements are separated by commas, in one
// parameter called name or name[], or several. An empty one has no elements.
func (c *Call) QueryCSV(name string) *Param {
	c.readQuery()
	p := c.startList("query", name)
	for _, q := range c.pairs {
		if q.Name == name || isList(q.Name, name) {
			p.split(q.Value)
		}
	}
	return p
}

// HeaderList returns the lines of a header as a list.
func (c *Call) HeaderList(name string) *Param {
	p := c.startList("header", name)
	for _, v := range c.headerValues(name) {
		p.element(v)
	}
	return p
}

// HeaderCSV returns a header that is a list separated by commas, in one line or
// several. Empty elements do not count (RFC 9110 section 5.6.1.2).
func (c *Call) HeaderCSV(name string) *Param {
	p := c.startList("header", name)
	for _, line := range c.headerValues(name) {
		p.present = true
		for more := true; more; {
			var v string
			v, line, more = strings.Cut(line, ",")
			if v = strings.Trim(v, " \t"); v != "" {
				p.element(v)
			}
		}
	}
	return p
}

// CookieCSV returns a cookie that is a list separated by commas.
func (c *Call) CookieCSV(name string) *Param {
	p := c.startList("cookie", name)
	for _, k := range c.r.CookiesNamed(name) {
		p.split(k.Value)
	}
	return p
}

// headerValues returns the lines of a header. net/http keeps Host apart.
func (c *Call) headerValues(name string) []string {
	name = http.CanonicalHeaderKey(name)
	if name == "Host" && c.r.Host != "" {
		return []string{c.r.Host}
	}
	return c.r.Header[name]
}

// start begins a parameter that may be given once. A call has one Param, for
// its parts are read one after the other.
func (c *Call) start(in, name string) *Param {
	p := &c.param
	*p = Param{c: c, in: in, name: name, elements: p.elements[:0]}
	return p
}

func (c *Call) startList(in, name string) *Param {
	p := c.start(in, name)
	p.list = true
	return p
}

// give adds a value of a parameter that may be given once.
func (p *Param) give(v string) {
	p.utf8(v)
	p.present = true
	p.count++
	p.text = v
	p.filled = p.filled || v != "" || p.count > 1
}

// element adds an element of a list.
func (p *Param) element(v string) {
	p.utf8(v)
	p.present = true
	p.filled = p.filled || v != ""
	if p.count >= query.Limit { //check:list-limit
		p.c.refuse("the " + p.in + " " + p.name + " has too many elements")
		return
	}
	p.count++
	p.elements = append(p.elements, v)
}

// split adds the elements of a list separated by commas.
func (p *Param) split(list string) {
	p.present = true
	for more := list != ""; more; {
		var v string
		v, list, more = strings.Cut(list, ",")
		p.element(v)
	}
}

// utf8 refuses a request with text that could not be answered in JSON.
func (p *Param) utf8(v string) {
	if !isUTF8(v) { //check:utf8
		p.c.refuse("the " + p.in + " " + p.name + " is not valid UTF-8")
	}
}
