package annotate

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Help returns what `apigen help name` prints: the description of a
// directive, given with or without "api:", or a list of all directives for an
// empty name. It returns "" for an unknown one.
func Help(name string) string {
	if name == "" {
		return helpAll()
	}
	name = strings.TrimPrefix(strings.TrimPrefix(name, "//"), tool+":")
	spec := Lookup(name)
	if spec == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\nIt belongs on %s.", usageLine(spec), strings.Join(wrap(plain(spec.Doc), 76), "\n"), spec.On)
	switch {
	case spec.Later:
		b.WriteString(" It is not supported yet.")
	case spec.Repeatable:
		b.WriteString(" It may be repeated.")
	}
	b.WriteByte('\n')
	if len(spec.Positional) > 0 {
		b.WriteString("\nArguments\n\n")
		helpKeys(&b, spec.Positional, func(k *Key) string { return k.Name })
	}
	if len(spec.Keys) > 0 {
		b.WriteString("\nKeys\n\n")
		helpKeys(&b, spec.Keys, keySample)
	}
	if len(spec.Sample) > 0 {
		fmt.Fprintf(&b, "\nExample\n\n\t//api:%s %s\n", spec.Name, spec.Sample)
	}
	return b.String()
}

func helpAll() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	for i := range Schema {
		if s := &Schema[i]; !s.Later {
			fmt.Fprintf(w, "api:%s\ton %s\n", s.Name, s.On)
		}
	}
	_ = w.Flush() // a strings.Builder does not fail
	b.WriteString("\nMore about one: apigen help route\n")
	return b.String()
}

// usageLine renders the form of a directive on one line.
func usageLine(spec *Spec) string {
	parts := []string{"//api:" + spec.Name}
	for _, k := range spec.Positional {
		word := strings.ToUpper(k.Name)
		if k.Optional {
			word = "[" + word + "]"
		}
		parts = append(parts, word)
	}
	if len(spec.Keys) > 0 {
		parts = append(parts, "[key=value ...]")
	}
	return strings.Join(parts, " ")
}

// keySample renders a key with a value that fits.
func keySample(k *Key) string {
	if k.Type == Flag {
		return k.Name
	}
	if k.Type == Enum {
		return k.Name + "=" + strings.Join(k.Values, "|")
	}
	return k.Name + "=" + k.Sample
}

func helpKeys(b *strings.Builder, keys []Key, left func(*Key) string) {
	width := 0
	for i := range keys {
		if !keys[i].Later {
			width = max(width, len(left(&keys[i])))
		}
	}
	for i := range keys {
		if keys[i].Later {
			continue
		}
		indent := "\n" + strings.Repeat(" ", width+5)
		fmt.Fprintf(b, "  %-*s   %s\n", width, left(&keys[i]), strings.Join(wrap(plain(keys[i].Doc), 72), indent))
	}
}

// Plain returns a Markdown text of paragraphs as plain text in lines of at most
// 76 bytes. Indented lines and list items stay as they are.
func Plain(text string) string {
	var out []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if strings.HasPrefix(paragraph, "    ") || strings.HasPrefix(paragraph, "\t") || strings.HasPrefix(paragraph, "- ") {
			out = append(out, plain(paragraph))
			continue
		}
		out = append(out, strings.Join(wrap(plain(paragraph), 76), "\n"))
	}
	return strings.Join(out, "\n\n")
}

// plain takes the Markdown off a text.
func plain(s string) string { return strings.ReplaceAll(s, "`", "") }

// wrap cuts a text into lines of at most width bytes where it can.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) > width:
			lines, line = append(lines, line), word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
