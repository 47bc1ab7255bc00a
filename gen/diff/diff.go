// Package diff compares two OpenAPI documents and tells which changes break the
// clients of the older one.
//
// It is a module of its own, because what it compares with,
// [github.com/oasdiff/oasdiff], brings more than apigen itself is made of. The
// command apigen-diff in it is what apigen diff and apigen check -base run.
package diff

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3conv"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
)

// Protocol counts the changes of Report that would break a reader: members that
// are gone or mean something else.
const Protocol = 1

// Level tells what a change does to clients of the older document.
type Level string

// The levels, the worst first.
const (
	Breaking   Level = "breaking"   // a client that keeps to the older document fails
	Warning    Level = "warning"    // some clients may fail
	Compatible Level = "compatible" // none does
)

// Report is what apigen-diff prints.
type Report struct {
	Protocol int `json:"protocol"`
	// Changes are sorted: by path and method, and within an operation breaking
	// ones first.
	Changes []Change `json:"changes"`
	// Failure tells why there is nothing to compare.
	Failure *Failure `json:"failure,omitempty"`
}

// Change is one difference between the documents. What only people read, such as
// descriptions and examples, is none.
type Change struct {
	ID    string `json:"id"` // a stable name of the kind of change
	Level Level  `json:"level"`
	// Method and Path name the operation; both are empty for what belongs to none.
	Method  string `json:"method,omitempty"`
	Path    string `json:"path,omitempty"`
	Section string `json:"section"` // of the document: paths, security, components, info
	Text    string `json:"text"`    // one line
	// Comment says more about the level of some changes.
	Comment string   `json:"comment,omitempty"`
	Subject *Subject `json:"subject,omitempty"`
	// Old and New are where it stands in the documents, nil where it does not.
	Old *Place `json:"old,omitempty"`
	New *Place `json:"new,omitempty"`
}

// Subject is the parameter or the member of a body that a change is about.
type Subject struct {
	In   string `json:"in"`   // path, query, header, cookie, request or response
	Name string `json:"name"` // of members, a path such as items/name
}

// Place is a place in a document. Line and Column count from 1, Column in bytes.
type Place struct {
	// File is empty for the document itself, and otherwise a file that it refers
	// to, relative to its folder, with slashes.
	File   string `json:"file,omitempty"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Compare reads two documents and compares them. Both may be of any version 3 of
// OpenAPI, in YAML or JSON. The error is a *Failure.
func Compare(old, revised Source) (report *Report, err error) {
	defer func() {
		if v := recover(); v != nil {
			report, err = nil, &Failure{Message: fmt.Sprintf("the documents cannot be compared: %v", v)}
		}
	}()
	base, err := old.load()
	if err != nil {
		return nil, failed(Old, err)
	}
	revision, err := revised.load()
	if err != nil {
		return nil, failed(New, err)
	}
	changes := secured(base.Spec, revision.Spec)
	for _, info := range []*load.SpecInfo{base, revision} {
		// What 3.0 and 3.1 write differently is no change.
		openapi3conv.Upgrade(info.Spec)
	}
	found, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), base, revision)
	if err != nil {
		return nil, &Failure{Message: "the documents cannot be compared: " + err.Error()}
	}
	checks := checker.NewConfig(checker.GetAllChecks())
	localize := checker.NewDefaultLocalizer()
	for _, c := range checker.CheckBackwardCompatibilityUntilLevel(checks, found, sources, checker.INFO) {
		if id := c.GetId(); replaced(id) || policies[id] {
			continue
		}
		changes = append(changes, change(c, localize, base.Url, revision.Url))
	}
	slices.SortStableFunc(changes, compare)
	changes = slices.CompactFunc(changes, same)
	if changes == nil {
		changes = []Change{}
	}
	return &Report{Protocol: Protocol, Changes: changes}, nil
}

// Side is one of the two documents.
type Side string

// The sides.
const (
	Old Side = "old"
	New Side = "new"
)

// Failure tells why two documents cannot be compared.
type Failure struct {
	// Side is the document at fault, empty when it is neither alone.
	Side    Side   `json:"side,omitempty"`
	Message string `json:"message"`
	Line    int    `json:"line,omitempty"` // 0 when it is no single one
}

func (f *Failure) Error() string {
	text := f.Message
	if f.Line > 0 {
		text = fmt.Sprintf("line %d: %s", f.Line, text)
	}
	if f.Side != "" {
		text = string(f.Side) + " document: " + text
	}
	return text
}

func failed(side Side, err error) *Failure {
	f := &Failure{Message: err.Error()}
	errors.As(err, &f)
	f.Side = side
	f.Message = line(f.Message)
	return f
}

// line makes one line of text from a document.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }
