package build

import (
	"encoding/json"
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// defaultValue compiles the default of a field.
func (b *builder) defaultValue(mf *model.Field, f rawField, rules ruleSet) {
	v, ok := f.tag.values["default"]
	if !ok {
		return
	}
	switch {
	case rules.required:
		b.errorOnce(v.pos, annotate.CodeDefaultRequired, "%s is required and has a default, which would never be used; drop one of them", f.at.what)
		return
	case mf.In == model.InPath:
		b.errorOnce(v.pos, annotate.CodePathPresence, "%s is a path value, which is always present; drop the default", f.at.what)
		return
	}
	t := b.m.Types[mf.Type]
	if t.Kind == model.Pointer || t.Kind == model.Opt {
		b.errorOnce(v.pos, annotate.CodeDefaultType, "%s can tell absence by itself; drop the default or use the type without pointer or Opt", f.at.what)
		return
	}
	lit, problem := b.literal(t, v.text, mf.Rules)
	if problem != "" {
		code := annotate.CodeDefaultType
		if strings.HasPrefix(problem, breaksRule) {
			code = annotate.CodeDefaultRule
		}
		b.errorOnce(v.at(0), code, "default %q of %s %s", v.text, f.at.what, problem)
		return
	}
	mf.Default, mf.DefaultText = &lit, v.text
}

// example checks an example against the field's type and rules.
func (b *builder) example(mf *model.Field, f rawField) {
	v, ok := f.tag.values["example"]
	if !ok {
		return
	}
	t := b.valueType(mf.Type)
	if t.Kind.Scalar() || t.Kind == model.Slice && b.m.Types[t.Elem].Kind.Scalar() {
		if problem := b.exampleProblem(t, v.text, mf.Rules); problem != "" {
			b.errorOnce(v.at(0), annotate.CodeExampleType, "example %q of %s %s", v.text, f.at.what, problem)
			return
		}
	} else if !json.Valid([]byte(v.text)) {
		b.errorOnce(v.at(0), annotate.CodeExampleType, "example %q of %s is not JSON, in which values of type %s are written", v.text, f.at.what, b.showType(b.types.goType[t.ID]))
		return
	}
	mf.Example = v.text
}

// exampleProblem says why a text is no example of a type. Unlike a default it
// needs no form in Go.
func (b *builder) exampleProblem(t *model.Type, text string, rules []model.Rule) string {
	switch t.Kind {
	case model.Text:
		return "" // which its own method reads
	case model.Slice:
		if b.m.Types[t.Elem].Kind == model.Text {
			return ""
		}
	case model.Time:
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return "is not a time as in RFC 3339; write one such as 2026-01-02T15:04:05Z"
		}
		return ""
	}
	_, problem := b.literal(t, text, rules)
	return problem
}

// breaksRule begins what literal says of a value that breaks a rule.
const breaksRule = "breaks its own rule: "

// literal turns a text into a Go expression of the type, or says why it is
// not one that keeps the rules.
func (b *builder) literal(t *model.Type, s string, rules []model.Rule) (model.Expr, string) {
	if t.Kind == model.Slice {
		return b.listLiteral(t, s, rules)
	}
	lit, v, problem := b.scalarLiteral(t, s)
	if problem != "" {
		return nil, problem
	}
	if t.Enum != nil && !t.Enum.Open && !slices.ContainsFunc(t.Enum.Values, func(v model.EnumValue) bool { return v.Text == s }) {
		return nil, "is none of the constants of " + b.showType(b.types.goType[t.ID])
	}
	if broken := brokenRule(rules, v); broken != "" {
		return nil, breaksRule + broken + "; change one of them"
	}
	return lit, ""
}

func (b *builder) listLiteral(t *model.Type, s string, rules []model.Rule) (model.Expr, string) {
	elem := b.m.Types[t.Elem]
	if !elem.Kind.Scalar() {
		return nil, "cannot be written for type " + b.showType(b.types.goType[t.ID]) + "; set it in the handler"
	}
	var words []string
	if s != "" {
		words = strings.Split(s, ",")
	}
	out := append(append(model.Expr(nil), t.Go...), model.Piece{Text: "{"})
	for i, w := range words {
		if i > 0 {
			out = append(out, model.Piece{Text: ", "})
		}
		lit, problem := b.literal(elem, w, nil)
		if problem != "" {
			return nil, problem
		}
		out = append(out, lit...)
	}
	if broken := brokenRule(rules, sample{length: len(words)}); broken != "" {
		return nil, breaksRule + broken + "; change one of them"
	}
	return append(out, model.Piece{Text: "}"}), ""
}

// sample is a value written in a tag, in the forms that rules compare.
type sample struct {
	literal string  // Go literal, "" where rules compare no literals
	number  float64 // numbers and durations
	length  int     // characters or items
	text    string
}

// scalarLiteral reads one value.
func (b *builder) scalarLiteral(t *model.Type, s string) (model.Expr, sample, string) {
	v := sample{length: utf8.RuneCountInString(s), text: s}
	switch t.Kind {
	case model.String:
		v.literal = quote(s)
		return text(v.literal), v, ""
	case model.Bool:
		if s != "true" && s != "false" {
			return nil, v, "is not a bool; write true or false"
		}
		return text(s), v, ""
	case model.Duration:
		d, err := time.ParseDuration(s)
		if err != nil {
			return nil, v, "is not a duration; write one such as 1m30s"
		}
		v.number = float64(d)
		return b.durationExpr(d), v, ""
	}
	if of(t) != "value" {
		return nil, v, "cannot be written for type " + b.showType(b.types.goType[t.ID]) + "; set it in the handler"
	}
	lit, ok := numberLiteral(t.Kind, s)
	if !ok {
		return nil, v, fmt.Sprintf("is not a number that fits %s", t.Kind)
	}
	v.literal = lit
	v.number, _ = strconv.ParseFloat(lit, 64)
	return text(lit), v, ""
}

var durationUnits = []struct {
	d    time.Duration
	name string
}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}, {time.Nanosecond, "Nanosecond"}}

// durationExpr writes a duration as people do: 90 * time.Second.
func (b *builder) durationExpr(d time.Duration) model.Expr {
	if d == 0 {
		return text("0")
	}
	b.pkgNames["time"] = "time"
	for _, u := range durationUnits {
		if d%u.d == 0 {
			return model.Expr{{Text: strconv.FormatInt(int64(d/u.d), 10) + " * "}, {Pkg: "time", Text: u.name}}
		}
	}
	return text(strconv.FormatInt(int64(d), 10))
}

// brokenRule returns the sentence of the first rule that a value breaks.
func brokenRule(rules []model.Rule, v sample) string {
	for _, r := range rules {
		if r.Name == "omitempty" && v.length == 0 {
			return ""
		}
		if !keeps(r, v) {
			return r.Detail
		}
	}
	return ""
}

func keeps(r model.Rule, v sample) bool {
	switch r.Name {
	case "required":
		return v.length > 0
	case "oneof":
		return v.literal == "" || slices.Contains(r.Values, v.literal)
	case "email":
		a, err := mail.ParseAddress(v.text)
		return err == nil && a.Address == v.text
	case "min", "max", "len":
	default:
		return true
	}
	bound, err := strconv.ParseFloat(r.Param, 64)
	if err != nil {
		return true
	}
	n := v.number
	if r.Of == "runes" || r.Of == "items" {
		n = float64(v.length)
	}
	switch r.Name {
	case "min":
		return n >= bound
	case "max":
		return n <= bound
	}
	return n == bound
}
