package gen

import (
	"fmt"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/annotate"
)

// annotated is a source with one directive of each kind, to each of which
// arguments can be added.
const annotated = `//api:service[service]

package app

import (
	"context"
	"errors"
	"net/http"

	"github.com/apigen-go/apigen/runtime/auth"
)

//api:server[server]
type S struct{}

type Req struct {
	A int ` + "`json:\"a\"`" + `
}

var ErrX = errors.New("x")

func Audit(h http.Handler) http.Handler { return h }

//api:route POST /x[route]
//api:error 404 ErrX[error]
func (S) M(ctx context.Context, req *Req) (*Req, error) { return req, nil }

//api:claims Auth[claims]
type Claims struct{ auth.Claims }
`

// with adds arguments to one directive of annotated.
func with(directive, args string) inMemory {
	src := annotated
	for i := range annotate.Schema {
		name := annotate.Schema[i].Name
		text := ""
		if name == directive {
			text = args
		}
		src = strings.ReplaceAll(src, "["+name+"]", text)
	}
	return inMemory{"a.go": src}
}

// telling are values that differ from the default, where the sample does not.
var telling = map[string]string{
	"middleware": "Audit",
	"invalid":    "400",
	"in":         "header:X-Token",
}

// TestEveryKeyCounts checks that every key of every directive changes what is
// generated from: a key that is accepted and means nothing would be a lie.
func TestEveryKeyCounts(t *testing.T) {
	for i := range annotate.Schema {
		spec := &annotate.Schema[i]
		if spec.Later {
			continue
		}
		for k := range spec.Keys {
			key := &spec.Keys[k]
			if key.Later {
				continue
			}
			base, value := "", key.Sample
			if v, ok := telling[key.Name]; ok {
				value = v
			}
			arg := " " + key.Name + "=" + value
			switch key.Name {
			case "optional":
				base, arg = " jwt=Auth", " optional"
			case "hidden":
				arg = " hidden"
			case "scopes":
				base = " jwt=Auth"
			}
			name := spec.Name + arg
			if !strings.Contains(annotated, "["+spec.Name+"]") {
				t.Fatalf("%s: the test has no place for it", name)
			}
			before := with(spec.Name, base).accepts(t, name)
			after := with(spec.Name, base+arg).accepts(t, name)
			if before == after {
				t.Errorf("%s changes nothing", name)
			}
		}
	}
}

// fieldIn is a source with one field of a request and, where the tag is for
// one, a path variable.
func fieldIn(field string) inMemory {
	path := "/x"
	if strings.Contains(field, `path:"`) {
		path = "/x/{id}"
	}
	return inMemory{"a.go": "package app\n\nimport (\n\t\"context\"\n\t\"time\"\n)\n\n//api:server\ntype S struct{}\n\ntype Req struct {\n\t" + field +
		"\n\tOther time.Duration `json:\"other\"`\n}\n\n//api:route POST " + path + "\nfunc (S) M(ctx context.Context, req *Req) error { return nil }\n"}
}

// fieldTypes are the types that make a tag or an option fit, string where none
// is named.
var fieldTypes = map[string]string{"body": "[]string", "default": "int", "json string": "int", "query csv": "[]string", "header csv": "[]string", "cookie csv": "[]string"}

// TestTagCells goes over every cell of the table of tags.
func TestTagCells(t *testing.T) {
	for i := range annotate.Tags {
		tag := &annotate.Tags[i]
		t.Run(tag.Name, func(t *testing.T) {
			typ := fieldTypes[tag.Name]
			if typ == "" {
				typ = "string"
			}
			sampled := fieldIn("F " + typ + " `" + tag.Sample + "`")
			switch {
			case tag.Name == "body":
				sampled = inMemory{"a.go": strings.Replace(sampled["a.go"], "\tOther time.Duration `json:\"other\"`\n", "\tOther time.Duration `query:\"other\"`\n", 1)}
				sampled.accepts(t, tag.Sample)
				return
			case tag.Name == "status":
				// It belongs to responses.
				m := inMemory{"a.go": strings.Replace(sampled["a.go"], "*Req) error { return nil }", "*Other) (*Req, error) { return nil, nil }\n\ntype Other struct{}", 1)}
				m.refuses(t, tag.Sample, annotate.CodeLaterTag, "`status", "status")
				return
			case tag.Later:
				sampled.refuses(t, tag.Sample, annotate.CodeLaterTag, "`", tag.Name)
				return
			}
			plain := fieldIn("F " + typ + " `" + strings.Repeat(" ", len(tag.Sample)) + "`")
			if sampled.accepts(t, tag.Sample) == plain.accepts(t, tag.Sample) {
				t.Errorf("%s changes nothing", tag.Sample)
			}
			fieldIn("F "+typ+" `"+strings.Replace(tag.Sample, `"`, "", 1)+"`").refuses(t, tag.Name, annotate.CodeTagSyntax, "`", tag.Name)
			fieldIn("F "+typ+" `"+tag.Sample+" "+tag.Sample+"`").refuses(t, tag.Name, annotate.CodeTagSyntax, "\" ", tag.Name)
			optionCells(t, tag)
		})
	}
}

// optionCells checks the options of a tag that has some, and one it has not.
func optionCells(t *testing.T, tag *annotate.TagSpec) {
	t.Helper()
	name := map[string]string{"path": "id"}[tag.Name]
	switch tag.Name {
	case "default", "validate", "example":
		return // free text, or rules
	case "api":
	default:
		name = strings.Trim(strings.TrimPrefix(strings.Split(tag.Sample, ",")[0], tag.Name+":"), `"`) + ","
	}
	field := func(typ, option string) inMemory {
		return fieldIn(fmt.Sprintf("F %s `%s:%q`", typ, tag.Name, name+option))
	}
	field("string", "frobnicate").refuses(t, tag.Name+" frobnicate", annotate.CodeUnknownOption, "`", "frobnicate")
	switch tag.Name {
	case "api":
	case "json":
		field("string", "").refuses(t, tag.Name+" empty", annotate.CodeTagSyntax, ",\"`", "\"`")
	default:
		field("string", "").refuses(t, tag.Name+" empty", annotate.CodeUnknownOption, ",\"`", "\"`")
	}
	for i := range tag.Options {
		option := &tag.Options[i]
		typ := fieldTypes[tag.Name+" "+option.Name]
		if typ == "" {
			typ = "string"
		}
		if option.Later {
			field(typ, option.Name).refuses(t, tag.Name+" "+option.Name, annotate.CodeLaterOption, "`", option.Name)
			continue
		}
		given := option.Name
		if tag.Name == "api" && option.Name == "hidden" { // which a client must be able to do without
			given += ",optional"
		}
		with := field(typ, given).accepts(t, tag.Name+" "+given)
		without := fieldIn(fmt.Sprintf("F %s `%s:%q`", typ, tag.Name, strings.TrimSuffix(name, ",")))
		if tag.Name == "api" {
			without = fieldIn("F " + typ)
			if given != option.Name {
				without = field(typ, "optional")
			}
		}
		if tag.Name == "cookie" && option.Name == "csv" {
			without.refuses(t, "cookie list", annotate.CodeFieldType, "F []", "F")
			continue
		}
		if without.accepts(t, tag.Name) == with {
			t.Errorf("%s: the option %s changes nothing", tag.Name, option.Name)
		}
	}
}

// ruleCells say which values a rule takes: fitting parameters by the type of
// the field, parameters that are wrong for it, and types it does not fit.
type ruleCells struct {
	good map[string][]string
	bad  map[string][]string
	not  []string
}

var lengths, numbers = []string{"0", "3", "2147483647"}, []string{"x", "-1", "1.5", "+1", "2147483648", "1 2"}

var bounds = ruleCells{
	good: map[string][]string{"string": lengths, "[]string": lengths, "map[string]int": lengths, "[]byte": lengths, "*string": lengths, "int8": {"0", "-128", "127"}, "uint": {"0", "7"}, "float64": {"0.5", "-1e3"}, "time.Duration": {"1s", "0s"}},
	bad:  map[string][]string{"string": numbers, "[]string": numbers, "map[string]int": numbers, "int8": {"128", "x", "1.5", "+1"}, "uint": {"-1", "x"}, "float64": {"x", "NaN", "1e999"}, "time.Duration": {"1", "x"}},
	not:  []string{"bool", "struct{}", "any", "time.Time"},
}

// rulesByName has the verdicts of every rule of the table; one without them
// fails the test.
var rulesByName = map[string]ruleCells{
	"required":  {good: map[string][]string{"string": nil, "int": nil, "bool": nil, "[]string": nil, "map[string]int": nil, "*string": nil, "any": nil, "time.Time": nil, "struct{}": nil}},
	"omitempty": {good: map[string][]string{"string": nil, "int": nil, "bool": nil, "[]string": nil, "map[string]int": nil, "*string": nil, "any": nil, "time.Time": nil, "struct{}": nil}},
	"min":       bounds,
	"max":       bounds,
	"len":       bounds,
	"oneof": {
		good: map[string][]string{"string": {"a", "a b 'c d'", "''", "0x2C"}, "int": {"1", "1 2 -3"}, "float64": {"0.5 1"}, "*string": {"a b"}},
		bad:  map[string][]string{"string": {"a a", "'a", "'"}, "int": {"a", "1 1", "1.5"}, "uint": {"-1"}},
		not:  []string{"bool", "[]string", "struct{}", "time.Time", "time.Duration"},
	},
	"email": {good: map[string][]string{"string": nil, "*string": nil}, not: []string{"int", "[]string", "bool", "time.Time"}},
}

// TestRuleCells goes over every cell of the table of rules.
func TestRuleCells(t *testing.T) {
	for _, rule := range annotate.Rules {
		cells, ok := rulesByName[rule.Name]
		if !ok {
			t.Fatalf("%s: no verdicts", rule.Name)
		}
		t.Run(rule.Name, func(t *testing.T) {
			field := func(typ, rules string) inMemory {
				return fieldIn(fmt.Sprintf("F %s `json:\"f\" validate:%q`", typ, rules))
			}
			some := ""
			for typ, params := range cells.good {
				if rule.Param == "" {
					some = rule.Name
					if field(typ, rule.Name).accepts(t, typ) == fieldIn("F "+typ+" `json:\"f\"                    `").accepts(t, typ) && rule.Name != "required" {
						t.Errorf("%s: changes nothing of %s", rule.Name, typ)
					}
					field(typ, rule.Name+"=1").refuses(t, typ+" with a parameter", annotate.CodeRuleParam, rule.Name+"=", "1")
				}
				for _, p := range params {
					some = rule.Name + "=" + p
					field(typ, some).accepts(t, typ+" "+some)
				}
				if rule.Param != "" {
					field(typ, rule.Name).refuses(t, typ+" without a parameter", annotate.CodeRuleParam, "validate", rule.Name)
				}
			}
			for typ, params := range cells.bad {
				for _, p := range params {
					from, at := "="+p, p
					if strings.HasPrefix(p, "'") {
						from, at = "validate", rule.Name // the words cannot be told apart
					} else if i := strings.LastIndexByte(p, ' '); i >= 0 && rule.Name == "oneof" {
						from, at = p[i:]+`"`, p[i+1:] // the last of several words
					}
					field(typ, rule.Name+"="+p).refuses(t, typ+" "+rule.Name+"="+p, annotate.CodeRuleParam, from, at)
				}
			}
			for _, typ := range cells.not {
				field(typ, some).refuses(t, typ, annotate.CodeRuleType, "validate", rule.Name)
			}
			field("string", rule.Name+"=").refuses(t, "empty parameter", annotate.CodeRuleSyntax, "validate", rule.Name)
			field("string", rule.Name+"x").refuses(t, "misspelled", annotate.CodeUnknownRule, "validate", rule.Name)
			for typ := range cells.good {
				one := rule.Name
				if rule.Param != "" {
					one += "=" + cells.good[typ][0]
				}
				field(typ, one+","+one).refuses(t, typ+" twice", annotate.CodeRuleTwice, ","+rule.Name, rule.Name)
				field(typ, one+"|"+one).refuses(t, typ+" alternative", annotate.CodeLaterRule, "|"+rule.Name, rule.Name)
			}
		})
	}
}
