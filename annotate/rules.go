package annotate

import "strings"

// RuleSyntax is one rule of a validate tag.
type RuleSyntax struct {
	Name  string // "min"
	Param string // "3", with 0x2C and 0x7C replaced by comma and bar
	// HasParam tells name= from name.
	HasParam bool
	// Or tells that the rule is joined to the one before it by a bar.
	Or bool
	// Offset and End enclose the rule in the tag's value, ParamOffset is
	// where the parameter begins (End where there is none).
	Offset, End, ParamOffset int
	// Problem says what is wrong with the spelling, "" when nothing is.
	Problem string
}

var ruleEscapes = strings.NewReplacer("0x2C", ",", "0x7C", "|")

// ParseRules splits the value of a validate tag: rules separated by commas,
// alternatives by bars, a parameter behind an equals sign. It returns every
// rule it sees; mistakes are told in Problem.
func ParseRules(value string) []RuleSyntax {
	if value == "" {
		return nil
	}
	var rules []RuleSyntax
	start, or := 0, false
	for i := 0; i <= len(value); i++ {
		if i < len(value) && value[i] != ',' && value[i] != '|' {
			continue
		}
		rules = append(rules, parseRule(value, start, i, or))
		or = i < len(value) && value[i] == '|'
		start = i + 1
	}
	return rules
}

func parseRule(value string, start, end int, or bool) RuleSyntax {
	text := value[start:end]
	r := RuleSyntax{Or: or, Offset: start, End: end, ParamOffset: end}
	name, param, ok := strings.Cut(text, "=")
	if ok {
		r.HasParam = true
		r.Param = ruleEscapes.Replace(param)
		r.ParamOffset = start + len(name) + 1
	}
	r.Name = strings.TrimSpace(name)
	switch {
	case strings.TrimSpace(text) == "":
		r.Problem = "an empty rule; remove the separator"
	case r.Name == "":
		r.Problem = "a parameter without a rule; write the rule's name before the ="
	case r.Name != name, r.HasParam && strings.HasSuffix(param, " "):
		r.Problem = "space around a rule; write the rules without spaces"
	case r.HasParam && param == "":
		r.Problem = "a rule with an empty parameter; write it behind the =, or remove the ="
	case strings.HasPrefix(param, " "):
		r.Problem = "space before a parameter; write it right behind the ="
	}
	return r
}

// RuleWord is one word of a parameter that is a list, such as oneof's.
type RuleWord struct {
	Text   string
	Offset int // in the parameter
}

// SplitRuleWords splits the parameter of oneof: words separated by spaces,
// those with spaces in single quotes. Offsets count in param as given.
func SplitRuleWords(param string) []RuleWord {
	var words []RuleWord
	for i := 0; i < len(param); {
		switch param[i] {
		case ' ', '\t', '\n', '\r':
			i++
		case '\'':
			if n := strings.IndexByte(param[i+1:], '\''); n >= 0 {
				words = append(words, RuleWord{Text: param[i+1 : i+1+n], Offset: i})
				i += n + 2
				continue
			}
			fallthrough
		default:
			n := strings.IndexAny(param[i:], " \t\n\r")
			if n < 0 {
				n = len(param) - i
			}
			words = append(words, RuleWord{Text: param[i : i+n], Offset: i})
			i += n
		}
	}
	return words
}
