package gogen

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/apigen-go/apigen/gen/model"
)

// check is one rule as a condition that holds when the rule is broken. A
// guard is a condition for the checks behind it.
type check struct {
	cond   expr
	guard  bool
	count  expr   // what is counted, nil when the check counts nothing costly
	limit  string // "< 3", behind count
	code   string
	detail string
}

// checks compiles the rules of a value, the enum's own check included.
func (g *generator) checks(t *model.Type, v value, rules []model.Rule) []check {
	var out []check
	enum := t.Enum != nil && !t.Enum.Open
	for _, r := range rules {
		if c, ok := g.check(t, v, r); ok {
			out = append(out, c)
		}
		enum = enum && r.Name != "enum"
	}
	if enum {
		out = append(out, g.enumCheck(t, v, model.Rule{}))
	}
	for len(out) > 0 && out[len(out)-1].guard {
		out = out[:len(out)-1]
	}
	return out
}

func (g *generator) check(t *model.Type, v value, r model.Rule) (check, bool) {
	c := check{code: r.Name, detail: r.Detail}
	switch r.Name {
	case "omitempty":
		c.guard = true
		c.cond = notEmpty(t, v)
		return c, len(c.cond) > 0
	case "required":
		full := notEmpty(t, v)
		if len(full) == 0 {
			return c, false
		}
		c.cond = isEmpty(t, v)
	case "min", "max", "len":
		return g.bound(c, t, v, r)
	case "oneof":
		c.cond = noneOf(v, r.Values)
	case "enum":
		if t.Enum == nil {
			return c, false
		}
		return g.enumCheck(t, v, r), true
	case "email":
		c.cond = x("!", genrtSym("Email"), "(", asString(t, v), ")")
	default:
		g.fail("rule %q has no Go form", r.Name)
		return c, false
	}
	return c, true
}

func (g *generator) enumCheck(t *model.Type, v value, r model.Rule) check {
	detail := r.Detail
	if detail == "" {
		detail = enumDetail(t.Enum)
	}
	return check{cond: x("!", g.enumFunc(t), "(", v.val(), ")"), code: "enum", detail: detail}
}

func enumDetail(e *model.Enum) string {
	texts := make([]string, len(e.Values))
	for i, v := range e.Values {
		texts[i] = v.Text
	}
	return "must be one of " + strings.Join(texts, ", ")
}

// notEmpty holds when a string, list or map has something in it; other kinds
// have no such condition.
func notEmpty(t *model.Type, v value) expr {
	switch t.Kind {
	case model.String:
		return x(v.val(), ` != ""`)
	case model.Bytes, model.Slice, model.Map:
		return x("len(", v.val(), ") != 0")
	}
	return nil
}

func isEmpty(t *model.Type, v value) expr {
	if t.Kind == model.String {
		return x(v.val(), ` == ""`)
	}
	return x("len(", v.val(), ") == 0")
}

var brokenOp = map[string]string{"min": " < ", "max": " > ", "len": " != "}

// bound compiles min, max and len. Bounds that every value keeps are left
// out: linters would report the comparison.
func (g *generator) bound(c check, t *model.Type, v value, r model.Rule) (check, bool) {
	op := brokenOp[r.Name]
	switch r.Of {
	case "runes", "items":
		if r.Name == "min" && r.Param == "0" || r.Of == "items" && t.Kind == model.Array {
			return c, false
		}
		if r.Name == "min" && r.Param == "1" || r.Param == "0" && r.Name == "len" && r.Of == "items" {
			if r.Name == "len" {
				c.cond = notEmpty(t, v)
			} else {
				c.cond = isEmpty(t, v)
			}
			return c, len(c.cond) > 0
		}
		if r.Of == "items" {
			c.cond = x("len(", v.val(), ")", op, r.Param)
			return c, true
		}
		c.count = x(sym("unicode/utf8", "RuneCountInString"), "(", asString(t, v), ")")
		c.limit = op + r.Param
		c.cond = x(c.count, c.limit)
	case "duration":
		c.cond = x(v.val(), op, durationParam(r.Param))
	default:
		if alwaysKept(t.Kind, r) {
			return c, false
		}
		c.cond = x(v.val(), op, r.Param)
	}
	return c, true
}

// durationParam writes the nanoseconds of a rule as a duration.
func durationParam(param string) expr {
	digits := strings.TrimSuffix(strings.TrimPrefix(param, "int64("), ")")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return x(param)
	}
	return duration(time.Duration(n))
}

var (
	leastOf = map[model.Kind]string{model.Uint: "0", model.Uint8: "0", model.Uint16: "0", model.Uint32: "0", model.Uint64: "0"}
	mostOf  = map[model.Kind]string{}
)

func init() {
	for kind, bits := range map[model.Kind]int{model.Int: 64, model.Int8: 8, model.Int16: 16, model.Int32: 32, model.Int64: 64} {
		leastOf[kind] = strconv.FormatInt(math.MinInt64>>(64-bits), 10)
		mostOf[kind] = strconv.FormatInt(math.MaxInt64>>(64-bits), 10)
	}
	for kind, bits := range map[model.Kind]int{model.Uint: 64, model.Uint8: 8, model.Uint16: 16, model.Uint32: 32, model.Uint64: 64} {
		mostOf[kind] = strconv.FormatUint(math.MaxUint64>>(64-bits), 10)
	}
}

func alwaysKept(k model.Kind, r model.Rule) bool {
	return r.Name == "min" && leastOf[k] == r.Param || r.Name == "max" && mostOf[k] == r.Param
}

// noneOf holds when the value equals none of the literals.
func noneOf(v value, literals []string) expr {
	var conds []expr
	width := 0
	for _, lit := range literals {
		width += len(v.val()) + len(lit) + 8
		conds = append(conds, x(v.val(), " != ", lit))
	}
	if width < 110 {
		return join(conds, " && ")
	}
	return join(conds, " &&\n")
}

// read writes a statement that reads a value and, when that worked, checks it.
func (f *file) read(o opening, sink string, call expr, checks []check) {
	if len(checks) == 0 {
		f.do(o, call)
		return
	}
	conds := []expr{call}
	for checks[0].guard {
		conds = append(conds, checks[0].cond)
		checks = checks[1:]
	}
	if len(checks) == 1 {
		f.when(o, append(conds, checks[0].cond)...)
		f.broken(sink, checks[0])
	} else {
		f.when(o, conds...)
		f.checks(sink, checks)
	}
	f.End()
}

// checks writes a chain of branches, of which the first broken rule takes one.
func (f *file) checks(sink string, checks []check) {
	if len(checks) == 0 {
		return
	}
	count := slices.IndexFunc(checks, func(c check) bool { return len(c.count) > 0 })
	several := count >= 0 && slices.ContainsFunc(checks[count+1:], func(c check) bool { return len(c.count) > 0 })
	for i, c := range checks {
		o := opening{els: i > 0}
		cond := c.cond
		if several && len(c.count) > 0 {
			cond = x("n", c.limit)
			if i == count {
				o.init = x("n := ", c.count)
			}
		}
		f.when(o, cond)
		if c.guard {
			f.checks(sink, checks[i+1:])
			break
		}
		f.broken(sink, c)
	}
	f.End()
}

func (f *file) broken(sink string, c check) {
	f.L(sink, ".Fail(", str(c.code), ", ", str(c.detail), ")")
}

// enumFuncs writes the functions that know the constants of an enum.
func (g *generator) enumFuncs() {
	f := g.codec
	for id, ok := g.helpers.enums.take(); ok; id, ok = g.helpers.enums.take() {
		t := g.p.Type(id)
		name := g.enumFunc(t)
		f.Func(name+" reports whether v is one of the values of "+x(t.Go).text()+".", "func ", name, "(v ", x(t.Go), ") bool")
		f.Switch("v")
		f.Case(enumLiterals(t.Enum))
		f.Return("true")
		f.End()
		f.Return("false")
		f.End()
	}
}

func enumLiterals(e *model.Enum) expr {
	var list []expr
	seen := map[string]bool{}
	width := 0
	for _, v := range e.Values {
		if seen[v.Literal] {
			continue
		}
		seen[v.Literal] = true
		lit := x(v.Literal)
		if width += len(v.Literal) + 2; width > 100 && len(list) > 0 {
			lit, width = x("\n", v.Literal), len(v.Literal)
		}
		list = append(list, lit)
	}
	return join(list, ", ")
}
