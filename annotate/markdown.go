package annotate

import (
	"fmt"
	"strings"
)

// Markdown returns the documentation of all directives, as docs/directives.md
// holds it.
func Markdown() string {
	var b strings.Builder
	b.WriteString(markdownHead)
	for i := range Schema {
		if !Schema[i].Later {
			markdownSpec(&b, &Schema[i])
		}
	}
	markdownLater(&b)
	b.WriteString("\nField tags and rules are in [tags.md](tags.md), diagnostics in [diagnostics.md](diagnostics.md).\n")
	return b.String()
}

const markdownHead = `<!-- Generated from the schema table of package annotate by go test ./annotate -update. Do not edit. -->

# Directives

A directive is a comment line that begins with ` + "`//api:`" + `, without a space, in the doc comment of what it describes. gofmt moves directives to the end of the comment; their order relative to the prose means nothing.

Arguments are separated by spaces: words in the order given below, flags, and ` + "`key=value`" + ` with several values separated by commas. A value with spaces or commas is quoted as in Go, with ` + "`\"`" + ` or back quotes. ` + "`flag=false`" + ` takes an inherited flag back.

Names of other packages are written ` + "`pkg.Name`" + `, where the file imports the package, or ` + "`\"import/path\".Name`" + `.

A comment that looks like a directive and is none is an error, so that nothing is lost by a slip of the pen.
`

func markdownSpec(b *strings.Builder, s *Spec) {
	fmt.Fprintf(b, "\n## api:%s\n\n    %s\n\n%s It belongs on %s.", s.Name, usageLine(s), s.Doc, s.On)
	if s.Repeatable {
		b.WriteString(" It may be repeated.")
	}
	b.WriteString("\n")
	if s.Sample != "" {
		fmt.Fprintf(b, "\n```go\n//api:%s %s\n```\n", s.Name, s.Sample)
	}
	if len(s.Positional) > 0 {
		b.WriteString("\n| argument | example | meaning |\n|---|---|---|\n")
		for _, k := range s.Positional {
			name := k.Name
			if k.Optional {
				name += " (optional)"
			}
			fmt.Fprintf(b, "| %s | `%s` | %s |\n", name, k.Sample, cell(k.Doc))
		}
	}
	markdownKeys(b, s)
}

func markdownKeys(b *strings.Builder, s *Spec) {
	if len(s.Keys) == 0 {
		return
	}
	merges := s.Name == "server" || s.Name == "route"
	head, rule := "\n| key | meaning |", "\n|---|---|\n"
	if merges {
		head, rule = "\n| key | meaning | a route's value |", "\n|---|---|---|\n"
	}
	b.WriteString(head + rule)
	for i := range s.Keys {
		k := &s.Keys[i]
		if k.Later {
			continue
		}
		fmt.Fprintf(b, "| `%s` | %s |", cell(keySample(k)), cell(k.Doc))
		if merges {
			fmt.Fprintf(b, " %s |", mergeWords[k.Merge])
		}
		b.WriteByte('\n')
	}
}

var mergeWords = map[Merge]string{
	MergeOwn:     "is its own",
	MergeReplace: "replaces the server's",
	MergeAdd:     "is added behind the server's; `none` clears",
	MergeAfresh:  "replaces, and drops inherited `optional` and `scopes`",
}

// markdownLater lists what is known and refused.
func markdownLater(b *strings.Builder) {
	var words []string
	for i := range Schema {
		s := &Schema[i]
		if s.Later {
			words = append(words, "`api:"+s.Name+"`")
			continue
		}
		for _, k := range s.Keys {
			if k.Later {
				words = append(words, "`"+k.Name+"=` of `api:"+s.Name+"`")
			}
		}
	}
	for i := range Tags {
		if t := &Tags[i]; t.Later {
			words = append(words, "the tag `"+t.Name+"`")
		}
		for _, o := range Tags[i].Options {
			if o.Later {
				words = append(words, "`"+o.Name+"` in the tag `"+Tags[i].Name+"`")
			}
		}
	}
	fmt.Fprintf(b, "\n# Not supported yet\n\nThese are known and refused: %s.\n", strings.Join(words, ", "))
}

// cell keeps a text inside its cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
