package annotate

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// argParser fills a directive's Args from its text by the schema.
type argParser struct {
	*Reporter
	d    *Directive
	spec *Spec
	base token.Pos // of the first byte of the argument text

	positional int  // how many were taken
	swallowed  bool // a slip of spacing may have taken a positional argument
}

// parseArgs reads the arguments of d, whose Spec is set.
func parseArgs(r *Reporter, d *Directive, raw ast.Directive) {
	p := &argParser{Reporter: r, d: d, spec: d.Spec, base: raw.ArgsPos}
	before := r.Len()
	words, errs := lexArgs(raw.Args, p.spec.isFlag)
	for _, e := range errs {
		f := r.Errorf(e.code, p.span(e.start, e.end), "%s", e.message)
		if e.remove {
			f.Fix(e.message, p.span(e.start, e.end), "")
		}
		p.swallowed = p.swallowed || e.code == CodeSpacing || e.code == CodeBadQuote
	}
	for i := range words {
		p.word(&words[i])
	}
	p.missing()
	d.Broken = r.Len() > before
}

func (p *argParser) span(start, end int) Span {
	return Span{p.base + token.Pos(start), p.base + token.Pos(end)}
}

func (p *argParser) word(w *word) {
	if w.key != "" {
		p.keyed(w)
		return
	}
	v := w.values[0]
	if key := p.spec.Key(v.text); key != nil && !v.quoted {
		p.flag(w, key)
		return
	}
	if p.positional < len(p.spec.Positional) {
		p.takePositional(w)
		return
	}
	p.unexpected(w)
}

// flag takes a bare word that is a key.
func (p *argParser) flag(w *word, key *Key) {
	at := p.span(w.start, w.end)
	switch {
	case key.Later:
		p.later(key, at)
	case p.duplicate(key, at):
	case key.Type != Flag:
		p.Errorf(CodeEmptyValue, at, "%s needs a value: %s=%s", key.Name, key.Name, key.Sample)
	default:
		p.d.Args = append(p.d.Args, Arg{Key: key.Name, KeySpec: key, Flag: true, On: true, Pos: at.From, End: at.To})
	}
}

func (p *argParser) keyed(w *word) {
	name := p.span(w.start, w.start+len(w.key))
	key := p.spec.Key(w.key)
	switch {
	case key == nil && p.spec.PositionalKey(w.key) != nil:
		p.named(w, name)
	case key == nil:
		p.unknownKey(w, name)
	case key.Later:
		p.later(key, name)
	case p.duplicate(key, name):
	case key.Type == Flag:
		p.flagValue(w, key)
	default:
		p.values(w, key)
	}
}

// named reports a positional argument given as key=value, and takes it.
func (p *argParser) named(w *word, name Span) {
	p.Errorf(CodeUnexpectedArgument, name, "%s stands without its name: %s", w.key, p.usage())
	p.swallowed = true
	if p.positional < len(p.spec.Positional) && p.spec.Positional[p.positional].Name == w.key && len(w.values) == 1 {
		p.takePositional(w)
	}
}

func (p *argParser) later(key *Key, at Span) {
	p.Errorf(CodeLaterKey, at, "%s of api:%s is not supported yet; remove it", key.Name, p.spec.Name)
}

func (p *argParser) duplicate(key *Key, at Span) bool {
	first := p.d.Arg(key.Name)
	if first == nil {
		return false
	}
	p.Errorf(CodeDuplicateKey, at, "%s is given twice; leave one out", key.Name).
		Also(first.Span(), "%s is given here first", key.Name)
	return true
}

func (p *argParser) flagValue(w *word, key *Key) {
	a := Arg{Key: key.Name, KeySpec: key, Flag: true, Pos: p.base + token.Pos(w.start), End: p.base + token.Pos(w.end)}
	switch {
	case len(w.values) == 0:
		return
	case len(w.values) > 1:
		p.tooMany(w, key)
		return
	case w.values[0].text == "true":
		a.On = true
	case w.values[0].text != "false":
		v := w.values[0]
		p.Errorf(CodeBadValue, p.span(v.start, v.end), "%s is a flag; write %s or %s=false", key.Name, key.Name, key.Name)
		return
	}
	p.d.Args = append(p.d.Args, a)
}

// values takes the values of a key that is no flag.
func (p *argParser) values(w *word, key *Key) {
	if len(w.values) > 1 && !key.List {
		p.tooMany(w, key)
		return
	}
	a := Arg{Key: key.Name, KeySpec: key, Pos: p.base + token.Pos(w.start), End: p.base + token.Pos(w.end)}
	for i := range w.values {
		if v, ok := p.value(&w.values[i], key); ok {
			a.Values = append(a.Values, v)
		}
	}
	if len(a.Values) == 0 {
		return
	}
	p.none(&a)
	p.unique(&a)
	p.d.Args = append(p.d.Args, a)
}

func (p *argParser) tooMany(w *word, key *Key) {
	second := w.values[1]
	f := p.Errorf(CodeTooManyValues, p.span(second.start, w.end), "%s takes one value; keep %s or %s", key.Name, w.values[0].lit, second.lit)
	if key.Type == String || key.Type == Prefix {
		f.Message += ", or quote it if the comma belongs to it"
	}
}

// none checks that the word none stands alone, and marks it.
func (p *argParser) none(a *Arg) {
	if !a.KeySpec.None {
		return
	}
	for _, v := range a.Values {
		if !isNone(v) {
			continue
		}
		if len(a.Values) > 1 {
			p.Errorf(CodeNoneNotAlone, v.Span(), "none clears %[1]s and stands alone; write %[1]s=none, or leave none out: the values of a route are added to those of its server", a.Key)
			return
		}
		a.None = true
	}
}

func isNone(v Value) bool {
	return v.Text == "none" && v.Qual == "" && v.Pkg == "" && !v.Quoted
}

func (p *argParser) unique(a *Arg) {
	if !a.KeySpec.Unique {
		return
	}
	for i, v := range a.Values {
		for _, first := range a.Values[:i] {
			if v.Text == first.Text && v.Qual == first.Qual {
				p.Errorf(CodeDuplicateValue, v.Span(), "%s stands in %s twice; leave one out", v.lit, a.Key).
					Also(first.Span(), "%s stands here first", v.lit)
				break
			}
		}
	}
}

func (p *argParser) takePositional(w *word) {
	key := &p.spec.Positional[p.positional]
	if p.skipsPositional(w, key) {
		return
	}
	p.positional++
	if v, ok := p.value(&w.values[0], key); ok {
		p.d.Args = append(p.d.Args, Arg{KeySpec: key, Values: []Value{v}, Pos: v.Pos, End: v.End})
	}
}

// skipsPositional sees that an argument before w was left out, or that the
// arguments stand in the wrong order, and reports that instead of a bad value.
func (p *argParser) skipsPositional(w *word, key *Key) bool {
	v := w.values[0]
	at := p.span(v.start, v.end)
	switch {
	case key.Type == Method && strings.HasPrefix(v.text, "/"):
		p.Errorf(CodeMissingArgument, at, "the method is missing before the path; write //api:%s GET %s", p.spec.Name, v.lit)
		p.positional++
		p.takePositional(w)
		return true
	case key.Type == Status && startsName(v.text):
		p.Errorf(CodeMissingArgument, at, "the status stands first: %s", p.usage())
		p.swallowed = true
		p.positional = len(p.spec.Positional)
		return true
	}
	return false
}

func startsName(s string) bool {
	return keyLen(s) > 0
}

// missing reports positional arguments that are not there, at the directive.
func (p *argParser) missing() {
	if p.swallowed {
		return
	}
	for i := p.positional; i < len(p.spec.Positional); i++ {
		if key := &p.spec.Positional[i]; !key.Optional {
			p.Errorf(CodeMissingArgument, p.d.Span(), "the %s is missing: %s", key.Name, p.usage())
			return
		}
	}
}

// unexpected reports a bare word that has no meaning.
func (p *argParser) unexpected(w *word) {
	at := p.span(w.start, w.end)
	v := w.values[0]
	if p.swallowed && len(p.spec.Positional) > 0 {
		return
	}
	if s := Suggest(v.text, p.spec.KeyNames()); s != "" && !v.quoted {
		instead := s
		if key := p.spec.Key(s); key.Type != Flag {
			instead = s + "=" + key.Sample
		}
		p.Errorf(CodeUnexpectedArgument, at, "unexpected %s; did you mean %s?", v.lit, instead)
		return
	}
	f := p.Errorf(CodeUnexpectedArgument, at, "unexpected %s; %s", v.lit, p.takes())
	if key := p.spec.Key("prefix"); key != nil && strings.HasPrefix(v.text, "/") && len(p.spec.Positional) == 0 {
		f.Message = "unexpected " + v.lit + "; did you mean prefix=" + v.lit + "?"
		f.Replace(at, "prefix="+v.lit)
	}
}

// takes describes the arguments of the directive.
func (p *argParser) takes() string {
	switch {
	case len(p.spec.Keys) == 0 && len(p.spec.Positional) == 0:
		return "api:" + p.spec.Name + " takes no arguments"
	case len(p.spec.Positional) > 0:
		return "the form is " + p.usage()
	}
	return "the arguments of api:" + p.spec.Name + " have the form key=value"
}

func (p *argParser) usage() string {
	return "//api:" + p.spec.Name + " " + p.spec.Sample
}

func (p *argParser) unknownKey(w *word, at Span) {
	f := p.Errorf(CodeUnknownKey, at, "api:%s has no key %s", p.spec.Name, w.key)
	if s := Suggest(w.key, p.spec.KeyNames()); s != "" {
		f.Message += fmt.Sprintf("; did you mean %s?", s)
		f.Replace(at, s)
		return
	}
	if hint := keyHint(p.spec, w.key); hint != "" {
		f.Message += "; " + hint
	}
}

// keyHint tells where a key that is unknown here is at home.
func keyHint(spec *Spec, name string) string {
	if hint, ok := foreignKeys[name]; ok {
		return hint
	}
	for i := range Schema {
		if other := &Schema[i]; other != spec && other.Key(name) != nil {
			return "it belongs to api:" + other.Name
		}
	}
	if len(spec.Keys) == 0 {
		return "it takes no arguments"
	}
	return "it has " + strings.Join(spec.KeyNames(), ", ")
}

// foreignKeys are keys that people know from elsewhere.
var foreignKeys = map[string]string{
	"group":       "the Go package is the group",
	"summary":     "the first sentence of the doc comment is the summary",
	"description": "the doc comment is the description",
	"desc":        "the doc comment is the description",
	"deprecated":  "write a paragraph that begins with Deprecated: in the doc comment",
	"method":      "the method stands in api:route, without a name",
	"path":        "the path stands in api:route, without a name",
	"auth":        "write jwt= and the scheme's name",
}
