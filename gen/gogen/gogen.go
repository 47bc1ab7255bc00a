// Package gogen writes the Go back end: api_gen.go, which people read, and
// api_codec_gen.go, which holds the functions that read requests and write
// answers. It is the only package that knows the code writer underneath.
package gogen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// File is one generated file: its base name and its source, which still
// wants formatting.
type File struct {
	Name    string
	Content []byte
}

// Names of the generated files.
const (
	apiFileName   = "api_gen.go"
	codecFileName = "api_codec_gen.go"
)

// Generate writes the files of a package. A file that would hold nothing is
// left out. An error means that the model asks for something that has no Go
// form, which is a mistake of whoever built it.
func Generate(p *model.Package) ([]File, error) {
	g := newGenerator(p)
	if hasAPI(p) {
		g.apiFile()
		g.codecFile()
	}
	if g.err != nil {
		return nil, g.err
	}
	var files []File
	for _, f := range []*file{g.api, g.codec} {
		if f.empty() {
			continue
		}
		content, err := f.render(p)
		if err != nil {
			return nil, err
		}
		files = append(files, File{Name: f.name, Content: content})
	}
	return files, nil
}

func hasAPI(p *model.Package) bool {
	return p.HasRoutes() || len(p.Schemes) > 0
}

// generator holds what the concepts share: the two files, the names handed
// out, and the helper functions asked for so far.
type generator struct {
	p     *model.Package
	names *names
	api   *file
	codec *file
	err   error

	members   *scope            // fields and methods of the api struct
	servers   map[string]string // Go name of a server type to its field
	verifiers map[string]string // scheme to its field
	helpers   helpers
	validated map[model.TypeID]bool // types with a Validate method somewhere in them
	nulls     bool                  // a route takes null for absence
	decoded   uses
	encoded   uses
}

func newGenerator(p *model.Package) *generator {
	g := &generator{p: p, names: newNames(p), servers: map[string]string{}, verifiers: map[string]string{}}
	g.err = g.names.err
	g.api = newFile(apiFileName, g.names)
	g.codec = newFile(codecFileName, g.names)
	g.helpers = newHelpers()
	g.validated = validatedTypes(p)
	g.decoded, g.encoded = decodeUses(p), encodeUses(p)
	for _, r := range g.routes() {
		g.nulls = g.nulls || r.NullsAbsent
	}
	return g
}

// routes lists the routes of all servers.
func (g *generator) routes() []*model.Route {
	var out []*model.Route
	for _, s := range g.p.Servers {
		out = append(out, s.Routes...)
	}
	return out
}

// fail keeps the first mistake of the model.
func (g *generator) fail(format string, args ...any) {
	if g.err == nil {
		g.err = fmt.Errorf("package %s: "+format, append([]any{g.p.Path}, args...)...)
	}
}

// apiFile writes api_gen.go from top to bottom.
func (g *generator) apiFile() {
	g.nameMembers()
	g.handshake()
	g.patterns()
	g.config()
	if g.p.HasRoutes() {
		g.handlers()
		g.register()
	}
	g.issuers()
	if !g.p.HasRoutes() {
		return
	}
	g.schemeOptions()
	g.apiStruct()
	g.newAPI()
	g.routeTable()
	for _, s := range g.p.Servers {
		g.serverRoutes(s)
	}
	g.problem()
}

// codecDoc says once what the functions of the file do.
func (g *generator) codecDoc() {
	var does []string
	h := &g.helpers
	if len(h.binds) > 0 {
		does = append(does, "bindX fills v from the request, or answers it and returns false")
	}
	if slices.ContainsFunc(h.binds, func(b *binding) bool { return g.readsBody(b.req) }) {
		does = append(does, "decodeX reads JSON into v")
	}
	if len(h.encodes.ids) > 0 {
		does = append(does, "encodeX writes v as JSON")
	}
	if slices.ContainsFunc(h.binds, func(b *binding) bool { return b.walk != "" || b.req.Plain && g.validated[b.req.Type] }) {
		does = append(does, "validateX calls the Validate methods of v and its parts, inner ones first")
	}
	if len(h.readers) > 0 {
		does = append(does, "readX reads the claims of a token into c")
	}
	if len(does) == 0 {
		return
	}
	g.codec.Blank()
	g.codec.Doc("The functions behind " + apiFileName + ": " + strings.Join(does, "; ") + ".")
	g.codec.Blank()
}

// codecFile writes api_codec_gen.go: every function that api_gen.go asked for
// and those that they ask for in turn.
func (g *generator) codecFile() {
	g.codecDoc()
	g.bindFuncs()
	g.decodeFuncs()
	g.encodeFuncs()
	g.validateFuncs()
	g.enumFuncs()
	g.readerFuncs()
}
