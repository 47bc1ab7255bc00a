package diff

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/oasdiff/oasdiff/checker"
)

var levels = map[checker.Level]Level{checker.ERR: Breaking, checker.WARN: Warning, checker.INFO: Compatible}

var ranks = map[Level]int{Breaking: 0, Warning: 1, Compatible: 2}

// texts are shorter words for what oasdiff says of whole operations.
var texts = map[string]string{
	"api-path-removed-without-deprecation": "the operation is gone",
	"api-path-removed-with-deprecation":    "the operation is gone, which was deprecated",
	"api-removed-without-deprecation":      "the operation is gone",
	"api-removed-with-deprecation":         "the operation is gone, which was deprecated",
	"endpoint-added":                       "the operation is new",
	"endpoint-deprecated":                  "the operation is deprecated",
	"endpoint-reactivated":                 "the operation is not deprecated any more",
}

// policies are rules for the number of a version, which is its authors' affair.
var policies = map[string]bool{
	"api-version-not-bumped": true, "api-version-decreased": true, "api-major-version-not-bumped": true,
}

// change makes ours of one that oasdiff found.
func change(c checker.Change, localize checker.Localizer, base, revision string) Change {
	text := texts[c.GetId()]
	if text == "" {
		text = numbers(c.GetUncolorizedText(localize), c.GetArgs())
	}
	return Change{
		ID: c.GetId(), Level: levels[c.GetLevel()], Section: c.GetSection(),
		Method: c.GetOperation(), Path: c.GetPath(),
		Text: line(text), Comment: line(c.GetComment(localize)),
		Subject: subject(c, localize),
		Old:     place(c.GetBaseSource(), base), New: place(c.GetRevisionSource(), revision),
	}
}

// numbers writes numbers as they are where oasdiff gives all of them two decimals.
func numbers(text string, args []any) string {
	for _, arg := range args {
		if p, ok := arg.(*float64); ok && p != nil {
			arg = *p
		}
		if n, ok := arg.(float64); ok {
			text = strings.ReplaceAll(text, fmt.Sprintf("`%.2f`", n), "`"+strconv.FormatFloat(n, 'f', -1, 64)+"`")
		}
	}
	return text
}

// place returns nil where nothing is known; the document itself is called root.
func place(s *checker.Source, root string) *Place {
	if s == nil || s.Line == 0 {
		return nil
	}
	p := &Place{File: s.File, Line: s.Line, Column: s.Column}
	if p.File == root {
		p.File = ""
	}
	return p
}

func compare(a, b Change) int {
	return cmp.Or(
		strings.Compare(a.Path, b.Path),
		strings.Compare(a.Method, b.Method),
		cmp.Compare(ranks[a.Level], ranks[b.Level]),
		strings.Compare(a.ID, b.ID),
		strings.Compare(a.Text, b.Text),
		before(a.Old, b.Old), before(a.New, b.New),
	)
}

// before orders places, so that the same documents give the same report.
func before(a, b *Place) int {
	if a == nil || b == nil {
		return cmp.Compare(btoi(a != nil), btoi(b != nil))
	}
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// same tells of a change that was found in two ways, such as in two media types.
func same(a, b Change) bool {
	return a.Path == b.Path && a.Method == b.Method && a.ID == b.ID && a.Text == b.Text
}
