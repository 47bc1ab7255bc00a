package openapi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/apigen-go/apigen/gen/model"
)

// responses describes all that a route can answer.
func (d *describer) responses(op *operation, r *model.Route) {
	if r.Shape != model.ShapeTyped {
		op.Responses.set("2XX", &response{Description: "The handler writes the answer itself."})
		op.Responses.set("default", &response{Description: "The handler writes other answers as well."})
	} else {
		for _, status := range r.Statuses {
			op.Responses.set(strconv.Itoa(status), d.success(r, status))
		}
	}
	failures := d.failures(r)
	for _, status := range sortedStatuses(failures) {
		op.Responses.set(strconv.Itoa(status), d.failure(r, failures[status]))
	}
}

// success describes an answer without an error.
func (d *describer) success(r *model.Route, status int) *response {
	out := &response{Description: statusText(status)}
	if r.Response == nil || bodyless(status) {
		return out
	}
	id := r.Response.Type
	if e := r.Response.Envelope; e != nil {
		id = e.Type
		d.filled[d.pkg.Type(id)] = e.Field
	}
	if t := d.pkg.Type(id); t.Kind == model.Pointer {
		id = t.Elem
	}
	if r.Method != http.MethodHead {
		out.Content.set(mediaJSON, mediaType{Schema: d.element(id, mode{})})
	}
	return out
}

func bodyless(status int) bool {
	return status == http.StatusNoContent || status == http.StatusResetContent || status == http.StatusNotModified
}

func statusText(status int) string {
	if text := http.StatusText(status); text != "" {
		return text
	}
	return "Status " + strconv.Itoa(status)
}

// failure describes an answer that tells of an error. One that only the runtime
// gives is the same for all routes, and shared.
func (d *describer) failure(r *model.Route, f *failure) *response {
	out := &response{Description: f.text()}
	for _, h := range f.headers {
		out.Headers.set(h.name, header{Description: h.text, Required: h.required, Schema: typed(h.kind)})
	}
	for i := range f.declared {
		d.errorHeaders(out, &f.declared[i])
	}
	if r.Method != http.MethodHead {
		d.problemContent(out, f)
	}
	if slices.ContainsFunc(f.declared, saysMore) || len(f.causes) == 0 {
		return out
	}
	return &response{Ref: "#/components/responses/" + d.share(f, r.Method, out)}
}

// saysMore reports a declared error that clients can tell from others of its
// status.
func saysMore(e model.Error) bool { return e.Code != "" || e.Detail != "" || len(e.Fields) > 0 }

// share returns the name of an answer among the components, which is made of
// what leads to it.
func (d *describer) share(f *failure, method string, r *response) string {
	var names []string
	for _, c := range f.causes {
		names = append(names, c.name)
	}
	base, text := strings.Join(names, "Or"), marshal(r)
	if method == http.MethodHead {
		base += "Head"
	}
	for name, n := base, 2; ; n++ {
		have, ok := d.shared[name]
		if !ok {
			d.shared[name] = r
			return name
		}
		if string(marshal(have)) == string(text) {
			return name
		}
		name = base + strconv.Itoa(n)
	}
}

// errorHeaders adds the headers that fields of an error type become.
func (d *describer) errorHeaders(out *response, e *model.Error) {
	for _, f := range e.Fields {
		if f.In != model.InHeader || http.CanonicalHeaderKey(f.Name) == "Content-Type" { // which content says
			continue
		}
		s := d.valueOf(f, mode{})
		d.describeField(s, f)
		out.Headers.set(http.CanonicalHeaderKey(f.Name), header{Description: s.Description, Deprecated: s.Deprecated, Schema: s})
		s.Description, s.Deprecated = "", false
	}
}

// problemContent describes the body of an error: a problem document, or the
// service's own.
func (d *describer) problemContent(out *response, f *failure) {
	if p := d.pkg.Problem; p != nil {
		out.Content.set(mediaJSON, mediaType{Schema: d.element(p.Type, mode{})})
		return
	}
	m := mediaType{Schema: d.problem()}
	if extra := d.errorMembers(f); extra != nil {
		m.Schema = &schema{AllOf: []*schema{m.Schema, extra}}
	}
	for _, e := range f.declared {
		if e.Code == "" {
			continue
		}
		if _, ok := m.Examples.get(e.Code); !ok {
			m.Examples.set(e.Code, example{Value: problemExample(e)})
		}
	}
	out.Content.set("application/problem+json", m)
}

// errorMembers is the schema of the members that error types add, nil for none.
// Which of them are there depends on the error.
func (d *describer) errorMembers(f *failure) *schema {
	s := typed("object")
	for _, e := range f.declared {
		for _, field := range e.Fields {
			if field.In == model.InBody && !field.Hidden {
				s.Properties.set(field.Name, d.member(field, mode{}))
			}
		}
	}
	if s.Properties.len() == 0 {
		return nil
	}
	return s
}

func problemExample(e model.Error) jsonText {
	return marshal(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Code   string `json:"code"`
		Detail string `json:"detail,omitzero"`
	}{"about:blank", statusText(e.Status), e.Status, e.Code, e.Detail})
}

func marshal(v any) jsonText {
	b, err := json.Marshal(v)
	if err != nil {
		fault("%T cannot be written: %v", v, err)
	}
	return b
}

// problem refers to the schema of problem documents (RFC 9457 section 3).
func (d *describer) problem() *schema {
	const id = "github.com/apigen-go/apigen/runtime.Problem"
	return d.variant(variantKey{id: id}, "Problem", "RuntimeProblem", false, func() *schema {
		s := typed("object")
		s.Description = "A problem document of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)."
		s.Required = []string{"type", "title", "status"}
		s.Properties.set("type", &schema{Type: typeSet{"string"}, Description: "Always about:blank: the status tells the kind of problem.", Examples: []jsonText{jsonText(`"about:blank"`)}})
		s.Properties.set("title", &schema{Type: typeSet{"string"}, Description: "The text of the status."})
		s.Properties.set("status", &schema{Type: typeSet{"integer"}, Description: "The status of the answer.", Minimum: jsonText("400"), Maximum: jsonText("599")})
		s.Properties.set("code", &schema{Type: typeSet{"string"}, Description: "The error, for programs."})
		s.Properties.set("detail", &schema{Type: typeSet{"string"}, Description: "The error, for people."})
		s.Properties.set("errors", &schema{Type: typeSet{"array"}, Description: "What is wrong with the request.", Items: d.fieldError()})
		s.Properties.set("truncated", &schema{Type: typeSet{"boolean"}, Description: "More is wrong than the list of errors tells."})
		return s
	})
}

// fieldError refers to the schema of one mistake in a request.
func (d *describer) fieldError() *schema {
	const id = "github.com/apigen-go/apigen/runtime.FieldError"
	return d.variant(variantKey{id: id}, "FieldError", "RuntimeFieldError", false, func() *schema {
		s := typed("object")
		s.Description = "One thing that is wrong with a request."
		s.Required = []string{"code", "detail"}
		s.Properties.set("pointer", &schema{Type: typeSet{"string"}, Description: "The place in the body, as a JSON Pointer (RFC 6901)."})
		s.Properties.set("parameter", &schema{Type: typeSet{"string"}, Description: "The name of the parameter."})
		s.Properties.set("in", &schema{Type: typeSet{"string"}, Description: "Where it stands.", Enum: []jsonText{jsonText(`"body"`), jsonText(`"path"`), jsonText(`"query"`), jsonText(`"header"`), jsonText(`"cookie"`)}})
		s.Properties.set("code", &schema{Type: typeSet{"string"}, Description: "The rule that is broken, for programs: missing, null, type, range, unknown, repeated, or the name of a rule."})
		s.Properties.set("detail", &schema{Type: typeSet{"string"}, Description: "The rule that is broken, for people."})
		return s
	})
}
