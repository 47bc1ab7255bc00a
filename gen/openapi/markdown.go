package openapi

import (
	"go/doc/comment"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// markdown is a doc comment as Markdown. Doc links that the source resolves
// lead to the documentation of the standard library and of other modules;
// those to the package itself, which readers of the document do not see, keep
// their name alone.
func (d *describer) markdown(doc model.Doc) string {
	if doc.Text == "" {
		return ""
	}
	parser := comment.Parser{
		LookupPackage: func(name string) (string, bool) { return linkedPackage(doc.Links, name) },
		LookupSym: func(recv, name string) bool {
			if recv != "" {
				name = recv + "." + name
			}
			return doc.Links[name] != ""
		},
	}
	printer := comment.Printer{
		HeadingLevel: 3,
		HeadingID:    func(*comment.Heading) string { return "" },
		DocLinkURL:   d.linkURL,
	}
	text := string(printer.Markdown(parser.Parse(doc.Text)))
	text = strings.TrimRight(strings.TrimLeft(text, "\n"), " \n") // code in front keeps its indentation, without which it is none
	return strings.ReplaceAll(text, "\t", "    ")                 // the same to Markdown, and YAML can show it line by line
}

// linkedPackage finds the import path behind the name of a package.
func linkedPackage(links map[string]string, name string) (string, bool) {
	for ref, target := range links {
		first, rest, dotted := strings.Cut(ref, ".")
		if first != name {
			continue
		}
		path, symbol, _ := strings.Cut(target, "#")
		if !dotted && symbol == "" || dotted && symbol == rest {
			return path, true
		}
	}
	return comment.DefaultLookupPackage(name)
}

// linkURL is where a doc link leads, "" for names of the service itself.
func (d *describer) linkURL(link *comment.DocLink) string {
	if link.ImportPath == "" {
		return ""
	}
	for _, p := range d.pkgs {
		if link.ImportPath == p.Path {
			return ""
		}
	}
	return link.DefaultURL("https://pkg.go.dev")
}

// summary is the first sentence of a doc comment, without its full stop and the
// brackets of its links: it is no Markdown.
func summary(doc model.Doc) string {
	text := strings.TrimRight(doc.Summary, ".:")
	for _, ref := range sortedKeys(doc.Links) {
		text = strings.NewReplacer("["+ref+"]", ref, "[*"+ref+"]", ref).Replace(text)
	}
	return text
}

// code is text as Markdown shows code, whatever quotes it holds.
func code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	text = strings.Join(strings.Fields(text), " ")
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || text == "" {
		text = " " + text + " "
	}
	return fence + text + fence
}
