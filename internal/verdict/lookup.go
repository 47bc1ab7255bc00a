package verdict

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// valueAt is the text of the value that an issue speaks of: a number or a string
// of the body, or a parameter.
func (c *trial) valueAt(i issue) (string, bool) {
	if i.Parameter == "" {
		return c.bodyAt(i.Pointer)
	}
	if i.In == "path" {
		path, _, _ := strings.Cut(c.request.target, "?")
		want, got := strings.Split(c.request.op.path, "/"), strings.Split(path, "/")
		for k, part := range want {
			if part == "{"+i.Parameter+"}" && k < len(got) {
				text, err := url.PathUnescape(got[k])
				return text, err == nil
			}
		}
		return "", false
	}
	return strings.Join(c.given(i), ","), true
}

// given are the texts of a parameter of the query, a header or a cookie, one for
// each time that it stands in the request.
func (c *trial) given(i issue) []string {
	switch i.In {
	case "query":
		_, raw, _ := strings.Cut(c.request.target, "?")
		values, _ := url.ParseQuery(raw)
		return append(values[i.Parameter], values[i.Parameter+"[]"]...)
	case "header":
		return c.request.header.Values(i.Parameter)
	case "cookie":
		req := &http.Request{Header: c.request.header}
		var texts []string
		for _, k := range req.CookiesNamed(i.Parameter) {
			texts = append(texts, k.Value)
		}
		return texts
	}
	return nil
}

// schema is what the document says of the parameter that an issue speaks of, nil
// for nothing.
func (c *trial) schema(i issue) object {
	for _, op := range c.service.ops {
		for _, p := range op.params {
			if op.String() == c.request.op.String() && p["in"] == i.In && p["name"] == i.Parameter {
				s, _ := p["schema"].(object)
				return s
			}
		}
	}
	return nil
}

// parameter is the name of the parameter that a complaint speaks of, as in
// "Query parameter 'id' is missing".
func (x complaint) parameter() string {
	_, rest, _ := strings.Cut(x.message, "'")
	name, _, _ := strings.Cut(rest, "'")
	return name
}

// bodyAt follows a JSON Pointer (RFC 6901) into the body.
func (c *trial) bodyAt(pointer string) (string, bool) {
	dec := json.NewDecoder(bytes.NewReader(c.request.body))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return "", false
	}
	if pointer != "" {
		for _, part := range strings.Split(pointer[1:], "/") {
			part = strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
			switch at := v.(type) {
			case object:
				v = at[part]
			case []any:
				n, err := strconv.Atoi(part)
				if err != nil || n >= len(at) {
					return "", false
				}
				v = at[n]
			default:
				return "", false
			}
		}
	}
	switch v := v.(type) {
	case json.Number:
		return v.String(), true
	case string:
		return strconv.Quote(v), true
	}
	return "", false
}
