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
	switch i.In {
	case "query":
		_, raw, _ := strings.Cut(c.request.target, "?")
		values, _ := url.ParseQuery(raw)
		return strings.Join(append(values[i.Parameter], values[i.Parameter+"[]"]...), ","), true
	case "header":
		return strings.Join(c.request.header.Values(i.Parameter), ","), true
	case "cookie":
		req := &http.Request{Header: c.request.header}
		var texts []string
		for _, k := range req.CookiesNamed(i.Parameter) {
			texts = append(texts, k.Value)
		}
		return strings.Join(texts, ","), true
	case "path":
		path, _, _ := strings.Cut(c.request.target, "?")
		want, got := strings.Split(c.request.op.path, "/"), strings.Split(path, "/")
		for k, part := range want {
			if part == "{"+i.Parameter+"}" && k < len(got) {
				text, err := url.PathUnescape(got[k])
				return text, err == nil
			}
		}
	}
	return "", false
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
