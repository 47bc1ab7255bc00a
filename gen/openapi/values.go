package openapi

import (
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/apigen-go/apigen/gen/model"
)

// literal turns a Go literal of the model, a quoted string or a number, into
// JSON.
func literal(text string) jsonText {
	if s, err := strconv.Unquote(text); err == nil {
		return quoted(s)
	}
	return numeral(text)
}

// quoted writes a JSON string.
func quoted(s string) jsonText { return marshal(s) }

// numeral writes a number that Go reads as JSON has it.
func numeral(text string) jsonText {
	if jsontext.Value(text).IsValid() {
		return jsonText(text)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		fault("%q is no number", text)
	}
	return jsonText(strconv.FormatFloat(f, 'g', -1, 64))
}

// value turns the text of a tag, which the model has checked, into the JSON of
// a type.
func (d *describer) value(t *model.Type, text string, inQuotes bool) jsonText {
	switch t.Kind {
	case model.Pointer, model.Opt:
		return d.value(d.pkg.Type(t.Elem), text, inQuotes)
	case model.String, model.Text, model.Time, model.Duration:
		return quoted(text)
	case model.Slice, model.Array:
		if jsontext.Value(text).IsValid() && strings.HasPrefix(strings.TrimSpace(text), "[") {
			return jsonText(text)
		}
		return d.list(t, text)
	case model.Bool:
		return jsonText(text)
	}
	if strings.HasPrefix(string(t.Kind), "int") || strings.HasPrefix(string(t.Kind), "uint") || strings.HasPrefix(string(t.Kind), "float") {
		if inQuotes {
			return quoted(text)
		}
		return numeral(text)
	}
	if jsontext.Value(text).IsValid() {
		return jsonText(text)
	}
	return quoted(text)
}

// list turns words with commas between them into an array.
func (d *describer) list(t *model.Type, text string) jsonText {
	out := []jsonText{}
	if text != "" {
		for _, word := range strings.Split(text, ",") {
			out = append(out, d.value(d.pkg.Type(t.Elem), word, false))
		}
	}
	return marshal(out)
}
