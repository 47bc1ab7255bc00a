package diff

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// replaced tells of changes that are found here in another way: oasdiff compares
// the lists of requirements, and takes the first requirement of an open operation
// for one more way to get in.
func replaced(id string) bool {
	return strings.HasPrefix(id, "api-security-") || strings.HasPrefix(id, "api-global-security-")
}

var templateName = regexp.MustCompile(`\{[^{}]*\}`)

// secured compares who may call each operation that both documents have.
func secured(base, revision *openapi3.T) []Change {
	old := map[string]*openapi3.Operation{}
	for path, item := range base.Paths.Map() {
		for method, op := range item.Operations() {
			old[method+" "+templateName.ReplaceAllString(path, "{}")] = op
		}
	}
	// Only OAuth 2.0 has scopes in 3.0: what cannot stand there is not compared.
	scopeless := strings.HasPrefix(base.OpenAPI, "3.0") || strings.HasPrefix(revision.OpenAPI, "3.0")
	var changes []Change
	for path, item := range revision.Paths.Map() {
		for method, op := range item.Operations() {
			before := old[method+" "+templateName.ReplaceAllString(path, "{}")]
			if before == nil {
				continue
			}
			for _, c := range admitted(guard(base, before, scopeless), guard(revision, op, scopeless)) {
				c.Method, c.Path, c.Section = method, path, "security"
				c.Old, c.New = guardPlace(before), guardPlace(op)
				changes = append(changes, c)
			}
		}
	}
	return changes
}

// way is one way to be admitted: scopes by the name of a scheme; none of them
// admits everyone.
type way map[string]scheme

type scheme struct {
	scopes []string
	form   string // how a credential travels
}

// guard lists the ways in, without scopes that are none of OAuth 2.0 or OpenID
// Connect if scopeless.
func guard(doc *openapi3.T, op *openapi3.Operation, scopeless bool) []way {
	requirements := doc.Security
	if op.Security != nil {
		requirements = *op.Security
	}
	var ways []way
	for _, r := range requirements {
		w := way{}
		for name, scopes := range r {
			form := form(doc, name)
			if kind, _, _ := strings.Cut(form, "\x00"); scopeless && kind != "oauth2" && kind != "openIdConnect" {
				scopes = nil
			}
			w[name] = scheme{slices.Sorted(slices.Values(scopes)), form}
		}
		ways = append(ways, w)
	}
	if len(ways) == 0 {
		return []way{{}}
	}
	return ways
}

func form(doc *openapi3.T, name string) string {
	if doc.Components == nil || doc.Components.SecuritySchemes[name] == nil {
		return ""
	}
	s := doc.Components.SecuritySchemes[name].Value
	if s == nil {
		return ""
	}
	return strings.Join([]string{s.Type, s.In, s.Name, strings.ToLower(s.Scheme), s.OpenIdConnectUrl}, "\x00")
}

// admits reports whether a credential good for old is good for w.
func (w way) admits(old way) bool {
	for name, need := range w {
		have, ok := old[name]
		if !ok || have.form != need.form {
			return false
		}
		for _, scope := range need.scopes {
			if !slices.Contains(have.scopes, scope) {
				return false
			}
		}
	}
	return true
}

// resent reports whether w asks for the same credentials, sent in another way.
func (w way) resent(other way) bool {
	if !slices.Equal(w.names(), other.names()) {
		return false
	}
	for name := range w {
		if w[name].form != other[name].form {
			return true
		}
	}
	return false
}

// admitted tells of ways in that are closed, and of those that are new.
func admitted(old, revised []way) []Change {
	var changes []Change
	for _, w := range old {
		if !slices.ContainsFunc(revised, func(r way) bool { return r.admits(w) }) {
			changes = append(changes, closed(w, revised))
		}
	}
	for _, w := range revised {
		if !slices.ContainsFunc(old, func(o way) bool { return o.admits(w) || o.resent(w) }) {
			changes = append(changes, opened(w, old))
		}
	}
	return changes
}

func closed(w way, revised []way) Change {
	c := Change{ID: "security-removed", Level: Breaking}
	for _, r := range revised {
		if !slices.Equal(w.names(), r.names()) {
			continue
		}
		c.ID, c.Text = "security-scope-added", "callers with "+w.text()+" are refused: "+r.text()+" is needed now"
		if w.resent(r) {
			c.ID, c.Text = "security-scheme-changed", "callers send the credential of "+r.text()+" in another way now"
		}
		return c
	}
	if len(w) == 0 {
		c.ID, c.Text = "security-required", "callers need a credential now: "+texted(revised)
		return c
	}
	c.Text = "callers with " + w.text() + " are refused: " + texted(revised) + " is needed now"
	return c
}

func opened(w way, old []way) Change {
	c := Change{ID: "security-added", Level: Compatible, Text: "callers with " + w.text() + " are admitted now"}
	switch {
	case len(w) == 0:
		c.ID, c.Text = "security-open", "callers need no credential any more"
	case slices.ContainsFunc(old, func(o way) bool { return slices.Equal(o.names(), w.names()) }):
		c.ID, c.Text = "security-scope-removed", w.text()+" is enough now, which is fewer scopes"
	}
	return c
}

func (w way) names() []string { return slices.Sorted(maps.Keys(w)) }

func (w way) text() string {
	var parts []string
	for _, name := range w.names() {
		part := "`" + name + "`"
		if scopes := w[name].scopes; len(scopes) > 0 {
			part += " (" + strings.Join(scopes, ", ") + ")"
		}
		parts = append(parts, part)
	}
	return cmp.Or(strings.Join(parts, " and "), "no credential")
}

func texted(ways []way) string {
	var parts []string
	for _, w := range ways {
		parts = append(parts, w.text())
	}
	return strings.Join(parts, " or ")
}

// guardPlace is where an operation says who may call it.
func guardPlace(op *openapi3.Operation) *Place {
	if op.Origin == nil || op.Origin.Key == nil {
		return nil
	}
	if at, ok := op.Origin.Fields.Lookup("security"); ok {
		return &Place{Line: at.Line, Column: at.Column}
	}
	return &Place{Line: op.Origin.Key.Line, Column: op.Origin.Key.Column}
}
