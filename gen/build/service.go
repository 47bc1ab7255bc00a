package build

import (
	"go/token"
	"go/types"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// service reads the api:service directive of the package.
func (b *builder) service() {
	b.defaults = settings{maxBytes: 1 << 20}
	ds := b.directives("service")
	if len(ds) == 0 {
		return
	}
	d := ds[0]
	for _, other := range ds[1:] {
		if other.File == d.File {
			continue // seen by whoever read the file
		}
		diag := b.errorf(other.Pos, other.End, annotate.CodeTwoServices, "a package has one api:service; merge this line into the first")
		b.related(diag, d.Pos, "the first stands here")
	}
	s := &b.m.Service
	s.Pos = b.pos(d.Pos)
	s.Name, s.Title, s.Version, s.Prefix = argText(d, "name"), argText(d, "title"), argText(d, "version"), argText(d, "prefix")
	s.Ident = argText(d, "ident")
	if a := d.Arg("ident"); a != nil && !token.IsExported(s.Ident) {
		b.errorf(a.Pos, a.End, annotate.CodeBadValue, "ident=%s must be an exported Go identifier; write ident=%s", s.Ident, upperFirst(s.Ident))
	}
	if a := d.Arg("invalid"); a != nil && len(a.Values) == 1 {
		s.Invalid = int(a.Values[0].Int)
	}
	s.OpenAPI, s.Servers = argText(d, "openapi"), argTexts(d, "servers")
	s.Contact, s.License, s.Terms = argText(d, "contact"), argText(d, "license"), argText(d, "terms")
	b.defaults.apply(b, d, d.File)
}

// argTexts are the values of a key, nil when it is absent.
func argTexts(d *annotate.Directive, key string) []string {
	a := d.Arg(key)
	if a == nil {
		return nil
	}
	texts := make([]string, len(a.Values))
	for i, v := range a.Values {
		texts[i] = v.Text
	}
	return texts
}

// argText is the single value of a key, "" when it is absent.
func argText(d *annotate.Directive, key string) string {
	if a := d.Arg(key); a != nil && len(a.Values) > 0 {
		return a.Values[0].Text
	}
	return ""
}

// server is a handler type on its way into the model.
type server struct {
	name     *types.TypeName
	m        *model.Server
	settings settings
	prefix   string
	first    *annotate.Directive
	errors   []*annotate.Directive
	routes   []*route
	broken   bool // a mistake in its directives was reported
}

// collectServers reads the api:server directives; several lines on one type
// add up.
func (b *builder) collectServers() {
	for _, d := range b.directives("server") {
		if d.Type == nil {
			continue
		}
		tn, ok := b.in.Info.Defs[d.Type.Name].(*types.TypeName)
		if !ok || !b.checkServerType(d, tn) {
			b.unfit[tn] = true
			continue
		}
		s := b.servers[tn]
		if s == nil {
			s = b.newServer(d, tn)
		}
		if a := d.Arg("prefix"); a != nil {
			if s.prefix != "" {
				b.errorf(a.Pos, a.End, annotate.CodeDuplicateKey, "prefix is given twice for %s; keep one", tn.Name())
			}
			s.prefix = argText(d, "prefix")
		}
		s.broken = s.broken || d.Broken
		s.settings.apply(b, d, d.File)
	}
	for _, s := range b.order {
		s.settings.check(b, s.first)
	}
	for _, d := range b.directives("error") {
		if d.Target == annotate.TargetType && d.Type != nil {
			b.serverError(d)
		}
	}
}

func (b *builder) newServer(d *annotate.Directive, tn *types.TypeName) *server {
	s := &server{name: tn, first: d, settings: b.defaults.inherit()}
	s.m = &model.Server{
		GoName:    tn.Name(),
		Field:     upperFirst(tn.Name()),
		Interface: types.IsInterface(tn.Type()),
		Doc:       b.typeDoc(tn),
		Pos:       b.pos(d.Type.Name.Pos()),
	}
	for _, other := range b.order {
		if other.m.Field == s.m.Field {
			diag := b.errorf(tn.Pos(), token.NoPos, annotate.CodeHandlersFieldClash, "types %s and %s both become the field %s of Handlers; rename one", other.m.GoName, s.m.GoName, s.m.Field)
			b.related(diag, other.name.Pos(), "%s is declared here", other.m.GoName)
		}
	}
	b.servers[tn] = s
	b.order = append(b.order, s)
	b.m.Servers = append(b.m.Servers, s.m)
	return s
}

func (b *builder) checkServerType(d *annotate.Directive, tn *types.TypeName) bool {
	pos, end := d.Type.Name.Pos(), d.Type.Name.End()
	if !b.certain(tn, place{pos, end, "api:server"}) {
		return false
	}
	if d.Type.TypeParams != nil {
		b.errorf(pos, end, annotate.CodeServerKind, "%s is generic, and a server type is not; embed an instance, as in type MyServer struct{ %s[X] }, and put the routes on its methods", tn.Name(), tn.Name())
		return false
	}
	switch tn.Type().Underlying().(type) {
	case *types.Struct, *types.Interface:
		return true
	}
	if tn.Type().Underlying() == types.Typ[types.Invalid] {
		b.unresolved(posOf(d.Type.Type, "server type "+tn.Name()), nil)
		return false
	}
	b.errorf(pos, end, annotate.CodeServerKind, "%s is not a struct or an interface, which a server type must be; write type %s struct{ ... }", tn.Name(), tn.Name())
	return false
}

func (b *builder) serverError(d *annotate.Directive) {
	tn, ok := b.in.Info.Defs[d.Type.Name].(*types.TypeName)
	if s := b.servers[tn]; ok && s != nil {
		s.errors = append(s.errors, d)
	}
}
