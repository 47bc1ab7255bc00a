package verdict

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
)

// request is one request in parts, from which it can be made more than once.
type request struct {
	op          *operation
	target      string // path and query
	header      http.Header
	body        []byte
	hasBody     bool
	contentType string
}

// http makes the request.
func (r *request) http() *http.Request {
	var req *http.Request
	if r.hasBody {
		req = httptest.NewRequest(r.op.method, r.target, bytes.NewReader(r.body))
	} else {
		req = httptest.NewRequest(r.op.method, r.target, nil)
	}
	for name, values := range r.header {
		req.Header[name] = append([]string(nil), values...)
	}
	if r.contentType != "" {
		req.Header.Set("Content-Type", r.contentType)
	}
	return req
}

func (r *request) String() string {
	s := fmt.Sprintf("%s %s\n", r.op.method, r.target)
	for name, values := range r.header {
		if name == "Authorization" || name == "X-Robot" {
			continue
		}
		s += fmt.Sprintf("%s: %q\n", name, values)
	}
	if r.hasBody {
		s += fmt.Sprintf("Content-Type: %s\n\n%q\n", r.contentType, r.body)
	}
	return s
}

// request makes a request of an operation: one that fits, one with a few
// changes, or a random one.
func (m *maker) request(op *operation, credentials http.Header) *request {
	r := &request{op: op, header: credentials.Clone()}
	if r.header == nil {
		r.header = http.Header{}
	}
	changes := m.rnd.IntN(3)
	m.parameters(r, changes)
	if op.body != nil {
		m.body(r, changes)
	}
	return r
}

func (m *maker) body(r *request, changes int) {
	if m.one(20) {
		return // none at all
	}
	r.hasBody, r.contentType = true, "application/json"
	if m.one(20) {
		r.contentType = pickOne(m, []string{"", "text/plain", "application/xml", "application/json; charset=utf-8", "APPLICATION/JSON", "application/json; charset=latin1", "application/problem+json"})
	}
	v := m.value(r.op.body, 0)
	for range changes {
		v = m.mutate(v, 0)
	}
	if m.one(30) {
		v = m.anything(0)
	}
	r.body = m.encode(v, changes > 0 && m.one(10))
	if m.one(60) {
		r.body = nil
	}
}

// parameters fills the path, the query, headers and cookies.
func (m *maker) parameters(r *request, changes int) {
	path := r.op.path
	var query []string
	var cookies []string
	for _, p := range r.op.params {
		name := p["name"].(string)
		required, _ := p["required"].(bool)
		in := p["in"].(string)
		if !required && m.one(2) || required && in != "path" && changes > 0 && m.one(12) {
			continue
		}
		texts := m.texts(p, changes)
		switch in {
		case "path":
			path = strings.Replace(path, "{"+name+"}", m.segment(texts), 1)
		case "query":
			for _, text := range texts {
				key := url.QueryEscape(name)
				if changes > 0 && m.one(25) {
					key += "[]"
				}
				query = append(query, key+"="+m.escapeQuery(text, changes))
			}
		case "header":
			for _, text := range texts {
				if text = visible(text); text != "" || m.one(2) {
					r.header.Add(name, text)
				}
			}
		case "cookie":
			for _, text := range texts {
				cookies = append(cookies, name+"="+cookieText(text))
			}
		}
	}
	if changes > 0 && m.one(15) {
		query = append(query, pickOne(m, []string{"extra=1", "a;b=1", "a=%zz", "a=%ff", "=", "&"}))
	}
	r.target = path
	if len(query) > 0 {
		r.target += "?" + strings.Join(query, "&")
	}
	if len(cookies) > 0 {
		r.header.Set("Cookie", strings.Join(cookies, "; "))
	}
}

// texts are the values of a parameter as they are written, one for each time
// that it is given.
func (m *maker) texts(p object, changes int) []string {
	schema := p["schema"].(object)
	v := m.value(schema, 0)
	if changes > 0 && m.one(3) {
		if items, ok := v.([]any); ok {
			v = m.mutateArray(items, 3)
		} else {
			v = pickOne(m, oddTexts)
		}
	}
	items, ok := v.([]any)
	if !ok {
		texts := []string{text(v)}
		if changes > 0 && m.one(30) {
			texts = append(texts, text(m.value(schema, 0)))
		}
		return texts
	}
	var texts []string
	for _, item := range items {
		texts = append(texts, text(item))
	}
	explode, said := p["explode"].(bool)
	if said && !explode && (p["in"] != "header" || !strings.Contains(fmt.Sprint(p["description"]), "a header line of its own")) {
		if len(texts) == 0 {
			return nil
		}
		return []string{strings.Join(texts, ",")}
	}
	return texts
}

// text is a value as parameters have it.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case json.Number:
		return v.String()
	case nil:
		return "null"
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// segment is the value of a path variable.
func (m *maker) segment(texts []string) string {
	s := strings.Join(texts, ",")
	if s == "" {
		s = "x"
	}
	return strings.ReplaceAll(url.PathEscape(s), ";", "%3B")
}

func (m *maker) escapeQuery(text string, changes int) string {
	s := url.QueryEscape(text)
	if changes > 0 && m.one(40) {
		return s + pickOne(m, []string{"%", "%4", "%ff", ";"})
	}
	return s
}

// visible keeps what a header can carry (RFC 9110 section 5.5).
func visible(text string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f {
			return -1
		}
		return r
	}, text), " ")
}

// cookieText keeps what a cookie can carry (RFC 6265 section 4.1.1).
func cookieText(text string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`";\`, r) {
			return -1
		}
		return r
	}, text)
}
