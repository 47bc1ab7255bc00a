package annotate

import (
	"fmt"
	"strings"
)

// MarkdownTags returns the documentation of struct tags and rules, as
// docs/tags.md holds it.
func MarkdownTags() string {
	var b strings.Builder
	b.WriteString(markdownTagsHead)
	markdownTags(&b)
	markdownRules(&b)
	b.WriteString(markdownTagsTail)
	return b.String()
}

const markdownTagsHead = `<!-- Generated from the schema table of package annotate by go test ./annotate -update. Do not edit. -->

# Tags and rules

A request is one struct. Each field has one place in the request, by its tag: the path, the query, a header, a cookie or the JSON body. An exported field without a tag of these is a member of the body under its Go name; GET and HEAD have no body, so there it needs a tag. Embedded structs belong to the struct around them, as in Go. Below the body, names come from ` + "`json:`" + ` alone. The same field is described by further tags: its default, an example, whether it may be absent, and the rules its value must keep.

A response is written as JSON by the tag ` + "`json:`" + `.
`

const markdownTagsTail = `
## Presence

A field must be present, and not null, unless one of these holds:

| the field | absent | null |
|---|---|---|
| is a pointer | is nil | is nil |
| is a ` + "`runtime.Opt[T]`" + ` | is known to be absent | is known to be null |
| has ` + "`api:\"optional\"`" + ` | is the zero value | is refused |
| has ` + "`omitempty` or `omitzero`" + ` in its tag | is the zero value | is refused |
| has ` + "`validate:\"omitempty\"`" + ` | is the zero value, and later rules are skipped | is refused |
| has ` + "`default:`" + ` | is the default | is refused |
| is an ` + "`any`" + `, or has its own UnmarshalJSON | is refused | is read |

With ` + "`nulls=absent`" + ` on the service, a server or a route, null stands for absence on every field that may be absent. Elements of lists and maps are never null, unless they are ` + "`runtime.Opt`" + ` or ` + "`any`" + `. Path values are always required and never empty. ` + "`?q=`" + ` is an empty text for strings and absence for every other type.

` + "`required`" + ` asks for more than presence: a string, a slice or a map must not be empty, and a pointer must not be nil. Zero and false are values like others, and keep it; in go-playground/validator they do not.

## Directions

One struct may serve requests and answers, and a member of it only one of them. The words of ` + "`api:`" + ` act by direction, at every depth: in embedded structs, lists, maps, pointers and ` + "`runtime.Opt`" + `.

| the member | in requests | in answers |
|---|---|---|
| has ` + "`api:\"readonly\"`" + ` | is unknown: passed over, or refused with ` + "`unknown=reject`" + `; it is not decoded, no rule and no ` + "`Validate`" + ` looks at it, and it stays the zero value | is written |
| has ` + "`api:\"writeonly\"`" + ` | is read | is never written |
| has ` + "`api:\"hidden\"`" + ` | is read as ever, and must be allowed to be absent | is written as ever |

` + "`hidden`" + ` leaves a field out of the OpenAPI document. It keeps nothing from anybody who calls the API.

The words act in the code that apigen generates. A type with JSON methods of its own decides by itself what it reads and writes, and a struct in a value of type ` + "`any`" + ` is written by ` + "`encoding/json/v2`" + `, which does not know them: give fields that must not leave ` + "`json:\"-\"`" + ` there.

## Values

- Whole numbers have no plus sign, no leading zeros, and in JSON no fraction and no exponent: 1.0 and 1e2 do not fit an int.
- Booleans are ` + "`true` or `false`" + `.
- A ` + "`time.Time`" + ` is written as RFC 3339, a ` + "`time.Duration`" + ` as ` + "`\"1m30s\"`" + `, everywhere.
- A query or header field of a slice type takes the name repeated, also as ` + "`name[]`" + `, or with ` + "`csv`" + ` in its tag one value with commas. A field of one value that comes twice is refused.
- A JSON body is read strictly (RFC 8259, RFC 7493): names are case-sensitive, and a name given twice, invalid UTF-8 or text behind the body is refused. Unknown members are passed over, or refused with ` + "`unknown=reject`" + `.
- Types with UnmarshalJSON, UnmarshalText and their counterparts are called.

## Rules of your own

A type, or a request, with ` + "`Validate() error`" + ` is asked after all rules have been kept, inner values before outer ones; the text of its error is shown to the client. ` + "`Validate(context.Context) error`" + ` is called with the context of the request, and only what ` + "`runtime.Invalid`" + ` made is shown. See [errors.md](errors.md).
`

func markdownTags(b *strings.Builder) {
	b.WriteString("\n## Tags\n\n| tag | meaning | words |\n|---|---|---|\n")
	for i := range Tags {
		t := &Tags[i]
		if t.Later {
			continue
		}
		var words []string
		for _, o := range t.Options {
			if !o.Later {
				words = append(words, "`"+o.Name+"`: "+o.Doc)
			}
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", cell(t.Sample), cell(t.Doc), cell(strings.Join(words, "; ")))
	}
}

func markdownRules(b *strings.Builder) {
	b.WriteString("\n## Rules\n\nRules of a `validate` tag are separated by commas; their names are those of go-playground/validator.\n\n| rule | on | meaning |\n|---|---|---|\n")
	for _, r := range Rules {
		name := r.Name
		if r.Param != "" {
			name += "=" + r.Param
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", name, r.On, cell(r.Doc))
	}
}
