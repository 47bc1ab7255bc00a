package build

import (
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// ruleSet is what the validate tag of a field says.
type ruleSet struct {
	list      []model.Rule
	required  bool
	omitempty bool
}

// laterRules are names of go-playground/validator that are understood and not
// built yet.
var laterRules = strings.Fields(`gte lte gt lt eq ne unique dive keys endkeys omitnil omitzero
url http_url https_url uri uuid uuid3 uuid4 uuid5 uuid7 ip ipv4 ipv6 cidr cidrv4 cidrv6 mac hostname hostname_rfc1123 fqdn hostname_port
e164 alpha alphanum alphaunicode alphanumunicode numeric number boolean ascii printascii hexadecimal hexcolor lowercase uppercase
base64 base64url base64rawurl jwt json datetime contains containsany containsrune startswith endswith startsnotwith endsnotwith excludes excludesall excludesrune
eqfield nefield gtfield gtefield ltfield ltefield required_if required_unless required_with required_with_all required_without required_without_all
excluded_if excluded_unless excluded_with excluded_with_all excluded_without excluded_without_all
iso3166_1_alpha2 iso3166_1_alpha3 iso4217 bcp47_language_tag timezone semver cron ulid multipleof isdefault latitude longitude`)

// sameRules are rules with another name for the same.
var sameRules = map[string]string{"gte": "min", "lte": "max"}

// builtRules are the rules this generator compiles.
var builtRules = []string{"required", "min", "max", "len", "oneof", "email", "omitempty"}

func (b *builder) rules(mf *model.Field, f rawField) ruleSet {
	var set ruleSet
	v, ok := f.tag.values["validate"]
	if !ok {
		return set
	}
	seen := map[string]bool{}
	for _, r := range annotate.ParseRules(v.text) {
		at := ruleAt{rule: r, pos: v.at(r.Offset), end: v.at(r.Offset + len(r.Name)), param: v.at(r.ParamOffset), at: func(i int) position { return v.at(r.ParamOffset + i) }, field: f}
		switch {
		case r.Or:
			b.errorOnce(at.pos, annotate.CodeLaterRule, "alternatives with | are not supported yet; keep one rule or check it in a Validate method")
		case r.Problem != "":
			b.errorOnce(at.pos, annotate.CodeRuleSyntax, "%s", r.Problem)
		case seen[r.Name]:
			b.errorOnce(at.pos, annotate.CodeRuleTwice, "rule %s stands here twice; keep one", r.Name)
		default:
			seen[r.Name] = true
			b.rule(&set, mf, at)
		}
	}
	if set.required && set.omitempty {
		b.errorOnce(v.pos, annotate.CodePresenceClash, "%s is required and may be omitted (omitempty); keep one of the rules", f.at.what)
	}
	return set
}

// ruleAt is a rule as written, with the places of its name and parameter.
type ruleAt struct {
	rule       annotate.RuleSyntax
	pos, param position                  // of its first byte
	end        position                  // of the name
	at         func(offset int) position // of a byte of the parameter
	field      rawField
}

func (b *builder) rule(set *ruleSet, mf *model.Field, at ruleAt) {
	t := b.valueType(mf.Type)
	name := at.rule.Name
	switch name {
	case "required":
		set.required = true
		if b.noParam(at) {
			b.requiredRule(set, t, at)
		}
	case "omitempty":
		set.omitempty = true
		if mf.In == model.InPath {
			b.errorOnce(at.pos, annotate.CodePathPresence, "%s is a path value, which is always present; remove omitempty", at.field.at.what)
		}
		if b.noParam(at) && of(t) != "" && of(t) != "value" && of(t) != "duration" {
			set.list = append(set.list, model.Rule{Name: name, Of: of(t), Pos: b.pos(at.pos)})
		}
	case "min", "max", "len":
		b.bound(set, t, at)
	case "oneof":
		b.oneof(set, t, at)
	case "email":
		if b.noParam(at) {
			b.email(set, t, at)
		}
	default:
		b.unknownRule(at)
	}
}

func (b *builder) noParam(at ruleAt) bool {
	if at.rule.HasParam {
		b.errorOnce(at.param, annotate.CodeRuleParam, "rule %s takes no parameter; write %s alone", at.rule.Name, at.rule.Name)
	}
	return !at.rule.HasParam
}

func (b *builder) unknownRule(at ruleAt) {
	name := at.rule.Name
	for _, l := range laterRules {
		if l == name {
			d := b.errorOnce(at.pos, annotate.CodeLaterRule, "rule %s is not supported yet", name)
			if same, ok := sameRules[name]; ok && d != nil {
				d.Message += "; write " + same + ", which is the same"
				b.replace(d, located{name, at.pos, at.end}, same)
			} else if d != nil {
				d.Message += "; remove it or check it in a Validate method"
			}
			return
		}
	}
	known := append(append([]string(nil), builtRules...), laterRules...)
	d := b.errorOnce(at.pos, annotate.CodeUnknownRule, "unknown rule %q", name)
	if !b.suggest(d, located{name, at.pos, at.end}, known) && d != nil {
		d.Message += orList(builtRules) + "; for a rule of your own write a method Validate() error"
	}
}

// requiredRule adds the part of required that looks at the value: strings,
// lists and maps must not be empty. Numbers and bools need only be present.
func (b *builder) requiredRule(set *ruleSet, t *model.Type, at ruleAt) {
	if o := of(t); o == "runes" || o == "items" {
		set.list = append(set.list, model.Rule{Name: "required", Of: o, Detail: "must not be empty", Pos: b.pos(at.pos)})
	}
}

func (b *builder) email(set *ruleSet, t *model.Type, at ruleAt) {
	if t.Kind != model.String {
		b.wrongRuleType(at, t, "strings")
		return
	}
	set.list = append(set.list, model.Rule{Name: "email", Of: "runes", Detail: "must be an email address", Pos: b.pos(at.pos)})
}

func (b *builder) wrongRuleType(at ruleAt, t *model.Type, fits string) {
	b.errorOnce(at.pos, annotate.CodeRuleType, "rule %s does not fit %s, which has type %s; it is for %s", at.rule.Name, at.field.at.what, b.showType(b.types.goType[t.ID]), fits)
}

// of tells what min, max and len compare of a value, "" for nothing.
func of(t *model.Type) string {
	switch t.Kind {
	case model.String:
		return "runes"
	case model.Bytes, model.Slice, model.Array, model.Map:
		return "items"
	case model.Duration:
		return "duration"
	case model.Int, model.Int8, model.Int16, model.Int32, model.Int64,
		model.Uint, model.Uint8, model.Uint16, model.Uint32, model.Uint64,
		model.Float32, model.Float64:
		return "value"
	}
	return ""
}
