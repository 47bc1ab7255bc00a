package docs

import (
	_ "embed"
	"fmt"
	"html"
	"strings"

	"github.com/swaggest/swgui/v5/static"
)

// The page around Swagger UI. Its script and style are files of their own, because
// the policy lets no inline ones run.
var (
	//go:embed page/index.html
	index string
	//go:embed page/page.js
	script []byte
	//go:embed page/page.css
	style []byte
)

// resources returns what is served, by path: the page, the document and the files
// of Swagger UI that the page needs, and no others of those that swgui embeds.
func resources(d *document, text []byte) (map[string]*resource, error) {
	// Both stand where text and quoted values do, which is what this escapes for;
	// html/template would add 2 MB to a program that has no other use for it.
	page := strings.NewReplacer("{{.Title}}", html.EscapeString(d.title), "{{.Document}}", html.EscapeString(d.name)).Replace(index)
	found := map[string]*resource{
		"/":          newResource("text/html; charset=utf-8", []byte(page)),
		"/page.js":   newResource("text/javascript; charset=utf-8", script),
		"/page.css":  newResource("text/css; charset=utf-8", style),
		"/" + d.name: newResource(d.mediaType, text),
	}
	for name, mediaType := range map[string]string{
		"swagger-ui-bundle.js": "text/javascript; charset=utf-8",
		"swagger-ui.css":       "text/css; charset=utf-8",
	} {
		packed, err := static.FS.ReadFile(name + ".gz")
		if err != nil {
			return nil, fmt.Errorf("docs: this version of github.com/swaggest/swgui lacks a file of Swagger UI, take v1.8.9: %w", err)
		}
		found["/"+name] = packedResource(mediaType, packed)
	}
	icon, err := static.FS.ReadFile("favicon-32x32.png")
	if err != nil {
		return nil, fmt.Errorf("docs: this version of github.com/swaggest/swgui lacks a file of Swagger UI, take v1.8.9: %w", err)
	}
	found["/favicon-32x32.png"] = newResource("image/png", icon)
	return found, nil
}
