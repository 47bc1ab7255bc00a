package openapi

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// failure is one status that tells of an error, with all that leads to it.
type failure struct {
	status   int
	causes   []cause // of the runtime
	declared []model.Error
	headers  []failureHeader
}

// cause is why the runtime answers so.
type cause struct {
	name string // of the answer among the components, when nothing else leads to it
	text string
}

type failureHeader struct {
	name, kind, text string
	required         bool
}

// text describes the causes: one as it is, several as a list.
func (f *failure) text() string {
	var lines []string
	for _, c := range f.causes {
		lines = append(lines, c.text)
	}
	for _, e := range f.declared {
		switch {
		case e.Code != "" && e.Detail != "":
			lines = append(lines, code(e.Code)+": "+escape(e.Detail))
		case e.Code != "":
			lines = append(lines, code(e.Code))
		case e.Detail != "":
			lines = append(lines, escape(e.Detail))
		}
	}
	switch len(lines) {
	case 0:
		return statusText(f.status)
	case 1:
		return lines[0]
	}
	return "- " + strings.Join(lines, "\n- ")
}

// escape keeps text from being read as Markdown.
func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "<", `\<`, "#", `\#`, "|", `\|`).Replace(text)
}

// failures collects the statuses of a route that tell of an error: what the
// runtime answers before and behind the handler, and what the route declares.
func (d *describer) failures(r *model.Route) map[int]*failure {
	all := map[int]*failure{}
	add := func(status int, c cause, headers ...failureHeader) {
		f := all[status]
		if f == nil {
			f = &failure{status: status}
			all[status] = f
		}
		if c.text != "" {
			f.causes = append(f.causes, c)
		}
		for _, h := range headers {
			if !slices.ContainsFunc(f.headers, func(have failureHeader) bool { return have.name == h.name }) {
				f.headers = append(f.headers, h)
			}
		}
	}
	d.requestFailures(r, add)
	d.securityFailures(r, add)
	if len(r.Vars) > 0 && !r.AllowDots {
		add(http.StatusNotFound, cause{"NotFound", "A value of the path is `.` or `..`, or holds a backslash or NUL."})
	}
	if r.Timeout > 0 {
		add(http.StatusServiceUnavailable, cause{"OutOfTime", "The request was not finished in time."}, retryAfter)
	}
	add(http.StatusInternalServerError, cause{"InternalServerError", "The service failed."})
	for _, e := range r.Errors {
		add(e.Status, cause{})
		f := all[e.Status]
		if !slices.ContainsFunc(f.declared, func(have model.Error) bool {
			return e.Code == "" && e.Detail == "" && have.Code == "" && have.Detail == ""
		}) {
			f.declared = append(f.declared, e)
		}
		if e.Status == http.StatusUnauthorized {
			add(e.Status, cause{}, challenge(true))
		}
		if e.Status == http.StatusServiceUnavailable {
			add(e.Status, cause{}, retryAfter)
		}
	}
	return all
}

func sortedStatuses(m map[int]*failure) []int { return slices.Sorted(maps.Keys(m)) }

var retryAfter = failureHeader{name: "Retry-After", kind: "integer", text: "Seconds to wait before the next try.", required: true}

// challenge is the header of 401 answers (RFC 9110 section 11.6.1).
func challenge(required bool) failureHeader {
	return failureHeader{name: "WWW-Authenticate", kind: "string", text: "What is wrong with the token (RFC 6750 section 3).", required: required}
}

// requestFailures adds what reading a request may end in.
func (d *describer) requestFailures(r *model.Route, add func(int, cause, ...failureHeader)) {
	req := r.Request
	if req == nil {
		return
	}
	add(http.StatusBadRequest, cause{"BadRequest", "The request cannot be read."})
	if req.ReadsBody {
		add(http.StatusRequestTimeout, cause{"RequestTimeout", "The body did not arrive in time."})
		add(http.StatusRequestEntityTooLarge, cause{"ContentTooLarge", "The body is too large."})
		add(http.StatusUnsupportedMediaType, cause{"UnsupportedMediaType", "The body is not `application/json`."}, failureHeader{name: "Accept", kind: "string", text: "What the body must be.", required: true})
	}
	if d.mayNotFit(r) {
		status := d.pkg.Service.Invalid
		if status == 0 {
			status = http.StatusUnprocessableEntity
		}
		add(status, cause{"Invalid", "The request can be read and does not fit; the errors tell where."})
	}
}

// mayNotFit reports whether a request that can be read may break a rule.
func (d *describer) mayNotFit(r *model.Route) bool {
	req := r.Request
	if req.ReadsBody || r.RejectUnknown || d.pkg.Type(req.Type).NeedsValidate {
		return true
	}
	return slices.ContainsFunc(req.Params, func(f *model.Field) bool {
		t := d.pkg.Type(f.Type)
		anything := f.In == model.InPath && t.Kind == model.String && len(f.Rules) == 0 && (t.Enum == nil || t.Enum.Open) &&
			!strings.Contains(r.Path, fmt.Sprintf("{%s...}", f.Name))
		return !anything
	})
}

// securityFailures adds what the check of a token may end in.
func (d *describer) securityFailures(r *model.Route, add func(int, cause, ...failureHeader)) {
	if len(r.Security.Alternatives) == 0 {
		return
	}
	add(http.StatusBadRequest, cause{"SeveralTokens", "The request carries more than one token."}, challenge(false))
	if r.Request == nil && d.readsTokenFrom(r, "query") { // nothing else reads the query
		add(http.StatusBadRequest, cause{"BadQuery", "The query cannot be read."})
	}
	missing := cause{"Unauthorized", "The token is missing or not valid."}
	if r.Security.Optional {
		missing = cause{"InvalidToken", "There is a token and it is not valid."}
	}
	add(http.StatusUnauthorized, missing, challenge(true))
	crossOrigin := !isSafe(r.Method) && d.readsTokenFrom(r, "cookie")
	if slices.ContainsFunc(r.Security.Alternatives, func(a model.Alternative) bool { return len(a.Scopes) > 0 }) {
		add(http.StatusForbidden, cause{"Forbidden", "The token does not allow this."}, challenge(!crossOrigin))
	}
	if crossOrigin {
		add(http.StatusForbidden, cause{"CrossOrigin", "A page of another site sent the cookie with the token."})
	}
	add(http.StatusServiceUnavailable, cause{"TokensUnchecked", "Tokens cannot be checked at the moment."}, retryAfter)
}

// isSafe reports methods with which a cookie is taken from everywhere.
func isSafe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}
