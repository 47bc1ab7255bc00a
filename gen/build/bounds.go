package build

import (
	"go/token"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

type position = token.Pos

// bound compiles min, max and len.
func (b *builder) bound(set *ruleSet, t *model.Type, at ruleAt) {
	o := of(t)
	if o == "" {
		b.wrongRuleType(at, t, "strings, lists, maps, numbers and durations")
		return
	}
	if !at.rule.HasParam || at.rule.Param == "" {
		b.errorOnce(at.pos, annotate.CodeRuleParam, "rule %s needs a number; write %s=1", at.rule.Name, at.rule.Name)
		return
	}
	r := model.Rule{Name: at.rule.Name, Of: o, Pos: b.pos(at.pos)}
	var ok bool
	switch o {
	case "runes", "items":
		r.Param, ok = b.lengthParam(at)
		r.Detail = lengthDetail(at.rule.Name, r.Param, o, t)
	case "duration":
		r.Param, r.Detail, ok = b.durationParam(at)
	default:
		r.Param, ok = b.numberParam(t.Kind, at)
		r.Detail = valueDetail(at.rule.Name, at.rule.Param)
	}
	if !ok {
		return
	}
	b.contradiction(set, r, at)
	set.list = append(set.list, r)
}

func (b *builder) lengthParam(at ruleAt) (string, bool) {
	n, err := strconv.ParseUint(at.rule.Param, 10, 31)
	if err != nil {
		b.errorOnce(at.param, annotate.CodeRuleParam, "rule %s counts and needs a whole number of 0 or more, not %q", at.rule.Name, at.rule.Param)
		return "", false
	}
	return strconv.FormatUint(n, 10), true
}

func lengthDetail(name, n, o string, t *model.Type) string {
	unit := "items"
	switch {
	case o == "runes":
		unit = "characters"
	case t.Kind == model.Bytes:
		unit = "bytes"
	case t.Kind == model.Map:
		unit = "members"
	}
	if n == "1" {
		unit = strings.TrimSuffix(unit, "s")
	}
	switch name {
	case "min":
		return "must have at least " + n + " " + unit
	case "max":
		return "must have at most " + n + " " + unit
	}
	return "must have exactly " + n + " " + unit
}

func valueDetail(name, n string) string {
	switch name {
	case "min":
		return "must be at least " + n
	case "max":
		return "must be at most " + n
	}
	return "must be " + n
}

func (b *builder) durationParam(at ruleAt) (param, detail string, ok bool) {
	d, err := time.ParseDuration(at.rule.Param)
	if err != nil {
		b.errorOnce(at.param, annotate.CodeRuleParam, "rule %s on a duration needs a duration such as 90s, not %q", at.rule.Name, at.rule.Param)
		return "", "", false
	}
	return strconv.FormatInt(int64(d), 10), valueDetail(at.rule.Name, d.String()), true
}

var intBits = map[model.Kind]int{
	model.Int: 64, model.Int8: 8, model.Int16: 16, model.Int32: 32, model.Int64: 64,
	model.Uint: 64, model.Uint8: 8, model.Uint16: 16, model.Uint32: 32, model.Uint64: 64,
}

func signed(k model.Kind) bool { return strings.HasPrefix(string(k), "int") }

// numberParam checks that a bound is a number that the field's type can hold.
func (b *builder) numberParam(k model.Kind, at ruleAt) (string, bool) {
	p := at.rule.Param
	lit, ok := numberLiteral(k, p)
	if !ok {
		b.errorOnce(at.param, annotate.CodeRuleParam, "rule %s needs a number that fits %s, not %q", at.rule.Name, k, p)
	}
	return lit, ok
}

// numberLiteral returns the Go literal of a number text of the given kind.
func numberLiteral(k model.Kind, s string) (string, bool) {
	bits, isInt := intBits[k]
	switch {
	case isInt && signed(k):
		n, err := strconv.ParseInt(s, 10, bits)
		return strconv.FormatInt(n, 10), err == nil && !strings.HasPrefix(s, "+")
	case isInt:
		n, err := strconv.ParseUint(s, 10, bits)
		return strconv.FormatUint(n, 10), err == nil && !strings.HasPrefix(s, "+")
	}
	size := 64
	if k == model.Float32 {
		size = 32
	}
	f, err := strconv.ParseFloat(s, size)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return "", false
	}
	return strconv.FormatFloat(f, 'g', -1, size), true
}

// contradiction reports a minimum above a maximum, which no value can keep.
func (b *builder) contradiction(set *ruleSet, r model.Rule, at ruleAt) {
	for _, o := range set.list {
		lo, hi := o, r
		if o.Name == "max" && r.Name == "min" {
			lo, hi = r, o
		}
		if lo.Name != "min" || hi.Name != "max" {
			continue
		}
		l, err1 := strconv.ParseFloat(lo.Param, 64)
		h, err2 := strconv.ParseFloat(hi.Param, 64)
		if err1 == nil && err2 == nil && l > h {
			b.errorOnce(at.pos, annotate.CodeRuleClash, "no value is at least %s and at most %s; swap the two bounds", boundText(lo, l), boundText(hi, h))
		}
	}
}

// boundText is a bound as the user writes it.
func boundText(r model.Rule, value float64) string {
	if r.Of == "duration" {
		return time.Duration(value).String()
	}
	return r.Param
}

// oneof compiles a list of allowed values.
func (b *builder) oneof(set *ruleSet, t *model.Type, at ruleAt) {
	if o := of(t); t.Kind != model.String && o != "value" {
		b.wrongRuleType(at, t, "strings and numbers")
		return
	}
	words := annotate.SplitRuleWords(at.rule.Param)
	if len(words) == 0 || strings.Count(at.rule.Param, "'")%2 != 0 {
		b.errorOnce(at.pos, annotate.CodeRuleParam, "rule oneof needs values separated by spaces, those with spaces in single quotes; write oneof=red green 'light blue'")
		return
	}
	r := model.Rule{Name: "oneof", Of: "value", Pos: b.pos(at.pos)}
	var texts []string
	seen := map[string]bool{}
	for _, w := range words {
		lit, ok := quote(w.Text), true
		if t.Kind != model.String {
			lit, ok = numberLiteral(t.Kind, w.Text)
		}
		switch {
		case !ok:
			b.errorOnce(at.at(w.Offset), annotate.CodeRuleParam, "oneof value %q does not fit %s; write numbers of that type", w.Text, t.Kind)
			return
		case seen[lit]:
			b.errorOnce(at.at(w.Offset), annotate.CodeRuleParam, "oneof lists %q twice; keep one", w.Text)
			return
		}
		seen[lit] = true
		texts = append(texts, w.Text)
		r.Values = append(r.Values, lit)
	}
	r.Detail = "must be one of " + strings.Join(texts, ", ")
	set.list = append(set.list, r)
}
