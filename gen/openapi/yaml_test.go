package openapi

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/apigen-go/apigen/gen/model"
)

// texts are such as YAML takes for something else when they are not quoted
// well.
var texts = []string{
	"", " ", "a", " a", "a ", "\n", "\n\n", "a\n", "a\nb", "a\n\nb\n\n", " a\nb", "a \nb", "a\n  b\n c", "\ta", "a\tb\nc", "a\r\nb", "a\rb",
	"yes", "No", "on", "OFF", "y", "N", "true", "null", "~", "1", "1.5", "0x1F", "0o7", "017", "1_000", "1:30", "190:20:30", ".inf", "-.INF", ".nan", "1e3", "+1", "2020-01-01", "2020-01-01T00:00:00Z", "=", "<<", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "- a", "? a", "a: b", "a #b", "#a", "{a}", "[a]", "'a'", "\"a\"", "a\\b", "---", "...", "--- a", "a\n---\nb", "a\n...\nb",
	"\u0000", "\u0007", "\u007f", "\u0085", "\u00a0", "\u2028", "\u2029", "\ufeff", "\u200b", "a\u0085b\nc", "a\u2028b\nc", "\U0001F600", "\u65e5\u672c\n\u8a9e",
	"</script><script>alert(1)</script>", "{{.}}", "${A}", "&amp;", "-->", "]]>",
}

// withText is a document that has a text wherever texts of a user stand.
func withText(text string) *document {
	doc := &document{OpenAPI: "3.1.1", Info: info{Title: text, Version: text, Description: text}, Servers: []server{{text}}, Tags: []tag{{text, text}}}
	s := typed("object")
	s.Description, s.Default, s.Enum, s.Pattern, s.EnumDescriptions = text, quoted(text), []jsonText{quoted(text), quoted("a")}, text, []string{text, text + "x"}
	s.Properties.set(text, typed("string"))
	s.Properties.set(text+"2", &schema{Examples: []jsonText{marshal(map[string]any{text: []any{text, 1, true, nil, 1e300, map[string]any{}}})}})
	doc.Components.Schemas.set("A", s)
	op := &operation{Summary: text, Description: text, OperationID: text, Security: []requirement{{}}}
	item := &ordered[*operation]{}
	item.set("get", op)
	doc.Paths.set("/"+text, item)
	return doc
}

// checkText compares what readers get from the two formats.
func checkText(t *testing.T, text string) {
	t.Helper()
	asJSON, err := writeJSON(withText(text))
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := writeYAML(withText(text))
	if err != nil {
		t.Fatal(err)
	}
	var fromJSON, fromYAML any
	if err := json.Unmarshal(asJSON, &fromJSON); err != nil {
		t.Fatalf("%q: the JSON cannot be read: %v", text, err)
	}
	if err := yaml.Unmarshal(asYAML, &fromYAML); err != nil {
		t.Fatalf("%q: the YAML cannot be read: %v\n%s", text, err, asYAML)
	}
	again, err := json.Marshal(fromYAML)
	if err != nil {
		t.Fatalf("%q: the YAML holds what JSON has not: %v", text, err)
	}
	fromYAML = nil
	if err := json.Unmarshal(again, &fromYAML); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(fromJSON, fromYAML) {
		t.Errorf("%q: the YAML is\n%s\nwhich is not the JSON\n%s", text, asYAML, asJSON)
	}
	if title := fromJSON.(map[string]any)["info"].(map[string]any)["title"]; title != text {
		t.Errorf("%q comes back as %q", text, title)
	}
	for i, line := range bytes.Split(asYAML, []byte("\n")) {
		if i > 0 && (bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("..."))) {
			t.Errorf("%q: line %d looks like the end of the document", text, i+1)
		}
	}
}

func TestTexts(t *testing.T) {
	for _, text := range texts {
		checkText(t, text)
		checkText(t, text+"\n"+text)
		checkText(t, strings.Repeat(text+" ", 60))
	}
}

func FuzzText(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
			t.Skip("no text of Go source")
		}
		checkText(t, text)
	})
}

// FuzzComment turns doc comments into Markdown: nothing in them becomes HTML,
// and the document can be read.
func FuzzComment(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Add("A has [links] to [time.Time], a list:\n  - one\n  - two\n\n# Heading\n\n\tcode <b>\n\n[x]: https://a.example")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError) {
			t.Skip("no text of Go source")
		}
		d := &describer{}
		md := d.markdown(model.Doc{Text: text})
		for line := range strings.SplitSeq(md, "\n") {
			if !strings.HasPrefix(strings.TrimLeft(line, "-0123456789. "), "    ") && !strings.HasPrefix(line, "    ") && rawTag(line) {
				t.Errorf("%q has HTML in %q", md, line)
			}
		}
		checkText(t, md)
	})
}

// rawTag reports the beginning of a tag that is not escaped (CommonMark 6.6).
func rawTag(line string) bool {
	for i := range len(line) - 1 {
		next := line[i+1]
		begins := next == '/' || next == '!' || next == '?' || next|0x20 >= 'a' && next|0x20 <= 'z'
		if line[i] == '<' && begins && (i == 0 || line[i-1] != '\\') {
			return true
		}
	}
	return false
}
