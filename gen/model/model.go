// Package model is the one description of an annotated package that every
// back end reads: plain data with positions, no syntax trees, no types of
// go/types. It marshals to JSON as it is.
package model

import (
	"strings"
	"time"
)

// Pos is a place in a source file. Line and Col count from 1, Col in bytes.
type Pos struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

// Doc is what a doc comment says, without its directives.
type Doc struct {
	Summary    string `json:"summary,omitempty"`    // first sentence
	Text       string `json:"text,omitempty"`       // the whole comment
	Deprecated string `json:"deprecated,omitempty"` // text after "Deprecated:"
	// Links resolves the doc links of the text, by what stands in the brackets
	// without a star: "Order", "Order.Total", "time.Duration". The value is an
	// import path, "#" and the name: "time#Duration".
	Links map[string]string `json:"links,omitempty"`
}

// Package is one annotated Go package: the unit of generation.
type Package struct {
	Path    string  `json:"path"`
	Name    string  `json:"name"`
	Dir     string  `json:"dir"`
	Doc     Doc     `json:"doc"`
	Service Service `json:"service"`

	// Servers and their routes stand in source order (file name, offset).
	Servers []*Server `json:"servers,omitempty"`
	// Schemes used or owned by the package, sorted by name.
	Schemes []*Scheme `json:"schemes,omitempty"`
	// Types is the table that TypeIDs index.
	Types []*Type `json:"types,omitempty"`
	// Problem is the service's own error body, nil for RFC 9457.
	Problem *Problem `json:"problem,omitempty"`

	// PackageNames maps every import path named in the model to the name its
	// package clause declares.
	PackageNames map[string]string `json:"packageNames,omitempty"`
	// Reserved lists the identifiers the package's own files declare at
	// package scope or import under, sorted.
	Reserved []string `json:"reserved,omitempty"`
	// Imported lists those of Reserved that are only names of imports of the
	// package's files, which an import of another file may share, sorted.
	Imported []string `json:"imported,omitempty"`
}

// HasRoutes reports whether anything is to be served.
func (p *Package) HasRoutes() bool {
	for _, s := range p.Servers {
		if len(s.Routes) > 0 {
			return true
		}
	}
	return false
}

// Type returns the type with the given id.
func (p *Package) Type(id TypeID) *Type { return p.Types[id] }

// Service holds what api:service says of the package.
type Service struct {
	Name    string `json:"name,omitempty"`
	Title   string `json:"title,omitempty"`
	Version string `json:"version,omitempty"`
	Prefix  string `json:"prefix,omitempty"`
	// Ident prefixes the exported generated names, "" for none.
	Ident string `json:"ident,omitempty"`
	// Invalid is the status of a request that was read and does not fit.
	Invalid int `json:"invalid"`
	// OpenAPI names the file of the document in the package's folder, "" for
	// none. Servers, Contact, License and Terms are for the document alone.
	OpenAPI string   `json:"openapi,omitempty"`
	Servers []string `json:"servers,omitempty"`
	Contact string   `json:"contact,omitempty"` // email address or URL
	License string   `json:"license,omitempty"` // SPDX expression
	Terms   string   `json:"terms,omitempty"`   // URL
	Pos     Pos      `json:"pos"`
}

// Server is a type whose methods serve routes.
type Server struct {
	GoName    string   `json:"goName"`
	Field     string   `json:"field"` // of the generated Handlers struct
	Interface bool     `json:"interface,omitempty"`
	Doc       Doc      `json:"doc"`
	Pos       Pos      `json:"pos"`
	Routes    []*Route `json:"routes,omitempty"`
}

// Shape tells the form of a handler's signature.
type Shape string

// The handler shapes.
const (
	// ShapeTyped is func(ctx[, claims][, req]) ([resp,] error).
	ShapeTyped Shape = "typed"
	// ShapeWriter is func(ctx[, claims][, req], w, r) error.
	ShapeWriter Shape = "writer"
	// ShapeRaw is func(w, r).
	ShapeRaw Shape = "raw"
)

// Route is one method and path and what answers it.
type Route struct {
	ID       string   `json:"id"`
	Const    string   `json:"const"`    // name of the pattern constant
	GoMethod string   `json:"goMethod"` // handler method
	Method   string   `json:"method"`
	Path     string   `json:"path"` // as net/http.ServeMux takes it
	Vars     []string `json:"vars,omitempty"`
	Doc      Doc      `json:"doc"`
	Pos      Pos      `json:"pos"`
	Tags     []string `json:"tags,omitempty"`

	Shape    Shape     `json:"shape"`
	Security Security  `json:"security"`
	Claims   bool      `json:"claims,omitempty"` // the handler takes the claims
	Request  *Request  `json:"request,omitempty"`
	Response *Response `json:"response,omitempty"`
	// Statuses lists what may be answered; the first is the default.
	Statuses []int   `json:"statuses"`
	Errors   []Error `json:"errors,omitempty"`

	// Before runs ahead of authentication, After behind it; left is outermost.
	Before []Middleware `json:"before,omitempty"`
	After  []Middleware `json:"after,omitempty"`

	Timeout       time.Duration `json:"timeout,omitempty"`
	MaxBytes      int64         `json:"maxBytes"`
	RejectUnknown bool          `json:"rejectUnknown,omitempty"`
	NullsAbsent   bool          `json:"nullsAbsent,omitempty"`
	AllowDots     bool          `json:"allowDots,omitempty"`
	Hidden        bool          `json:"hidden,omitempty"` // left out of documents
}

// Pattern is the route as net/http.ServeMux takes it: "POST /user/info".
func (r *Route) Pattern() string { return r.Method + " " + r.Path }

// Template is the path as documents write it: without marks for the rest of a
// path and for the end of one. A slash at the end is a part of it.
func (r *Route) Template() string {
	return strings.ReplaceAll(strings.TrimSuffix(r.Path, "{$}"), "...}", "}")
}

// Security is a list of alternatives, any of which admits a caller; no
// alternative means the route is open.
type Security struct {
	Alternatives []Alternative `json:"alternatives,omitempty"`
	// Optional lets callers without a credential in as anonymous.
	Optional bool `json:"optional,omitempty"`
	// Cleared tells that jwt=none took away an inherited scheme.
	Cleared bool `json:"cleared,omitempty"`
}

// Alternative is one scheme with the scopes it must carry, all of them.
type Alternative struct {
	Scheme string   `json:"scheme"`
	Scopes []string `json:"scopes,omitempty"`
}

// Scheme is a way to authenticate.
type Scheme struct {
	Name string `json:"name"`
	// Claims is the Go type of the claims; empty means auth.Claims itself.
	Claims Expr `json:"claims,omitempty"`
	// Issues tells that New<Scheme>Issuer stands in this package.
	Issues bool `json:"issues,omitempty"`
	// Used tells that a route of this package is guarded by the scheme.
	Used bool `json:"used,omitempty"`
	// Places are where the token is read from; none means the Authorization
	// header with the word Bearer.
	Places []Place `json:"places,omitempty"`
	// RequiredClaims lists JSON names that must be present, not null and,
	// for strings and lists, not empty.
	RequiredClaims []string `json:"requiredClaims,omitempty"`
	// Reader tells how the claims are read without reflection, nil when one of
	// them needs more, or when they are auth.Claims themselves.
	Reader *ClaimsReader `json:"reader,omitempty"`
	Pos    Pos           `json:"pos"`
}

// ClaimsReader lists the fields of a claims type.
type ClaimsReader struct {
	Embedded string   `json:"embedded"` // the field that is auth.Claims
	Own      []*Claim `json:"own,omitempty"`
}

// Claim is a field of a claims type that holds a plain value or a list of them.
type Claim struct {
	Go   string `json:"go"`   // name of the field
	Name string `json:"name"` // in the token
	// Kind is that of a boolean, number or string, in a list that of its
	// elements, which are strings or integers.
	Kind Kind `json:"kind"`
	List bool `json:"list,omitempty"`
	// Basic tells that the type is spelled as the kind is, without a name of
	// its own for the value, the list or its elements.
	Basic bool `json:"basic,omitempty"`
}

// Place is where a credential stands: In "authorization" with the scheme word
// as Name, or "header", "cookie" or "query" with the name of the header, the
// cookie or the parameter.
type Place struct {
	In   string `json:"in"`
	Name string `json:"name"`
}

// Middleware is a func(http.Handler) http.Handler: a package function, or a
// method of the handler value of the route's server.
type Middleware struct {
	Pkg    string `json:"pkg,omitempty"` // import path, "" for the package itself
	Name   string `json:"name"`
	Method bool   `json:"method,omitempty"`
	Pos    Pos    `json:"pos"`
}

// Error is one line of api:error.
type Error struct {
	Status int    `json:"status"`
	Code   string `json:"code,omitempty"`
	Detail string `json:"detail,omitempty"`
	// Match is "is" for a variable, "as" for a type, "" for documentation.
	Match string `json:"match,omitempty"`
	// Expr is the variable, or the type as errors.As wants its target.
	Expr Expr `json:"expr,omitempty"`
	// Fields are the header: and json: fields of an error type.
	Fields []*Field `json:"fields,omitempty"`
	Pos    Pos      `json:"pos"`
}

// Request is how a handler's request type is filled.
type Request struct {
	Type TypeID `json:"type"` // the struct
	// Params are the fields read from path, query, header and cookies, in
	// declaration order.
	Params []*Field `json:"params,omitempty"`
	// Members are the JSON members of the body, in declaration order, but for
	// readonly ones.
	Members []*Field `json:"members,omitempty"`
	// Body is the field that takes the whole body; it excludes Members.
	Body *Field `json:"body,omitempty"`
	// HTTPRequest is the selector path of a *http.Request field, if any.
	HTTPRequest []string `json:"httpRequest,omitempty"`
	// ReadsBody tells whether the route looks at the body at all.
	ReadsBody bool `json:"readsBody,omitempty"`
	// Plain tells that every field is a JSON member, so that the type's own
	// decoder serves the body.
	Plain bool `json:"plain,omitempty"`
}

// Response is what a handler returns beside the error.
type Response struct {
	Type TypeID `json:"type"` // as declared, pointer included
	// Envelope wraps the answer, nil for none.
	Envelope *Envelope `json:"envelope,omitempty"`
}

// Envelope is an instantiated api:envelope type.
type Envelope struct {
	Type     TypeID    `json:"type"`  // E[T], T being the response as declared
	Field    string    `json:"field"` // Go name of the field of type T
	Defaults []Default `json:"defaults,omitempty"`
}

// Default is the default of a member of an envelope.
type Default struct {
	Field string `json:"field"` // Go name
	Value Expr   `json:"value"`
}

// Problem is the service's api:problem type.
type Problem struct {
	Type TypeID `json:"type"` // the struct
	Pos  Pos    `json:"pos"`
}
