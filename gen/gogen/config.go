package gogen

import "github.com/apigen-go/apigen/gen/model"

// Version is what generated code asks of the runtime. It grows only when
// generated code needs something that older runtimes lack.
const Version = 1

func (g *generator) handshake() {
	f := g.api
	f.Blank()
	f.Doc("Compilation fails here when this file and the apigen runtime of the module\n" +
		"do not fit: run go generate, or go get github.com/apigen-go/apigen@latest.")
	f.L("const (")
	f.L("_ = ", genrtSym("Version"), "(", Version, " - ", genrtSym("MinVersion"), ")")
	f.L("_ = ", genrtSym("Version"), "(", genrtSym("MaxVersion"), " - ", Version, ")")
	f.L(")")
}

// exported names, which carry the service's prefix.
func (g *generator) configName() string   { return g.p.Service.Ident + "Config" }
func (g *generator) handlersName() string { return g.p.Service.Ident + "Handlers" }
func (g *generator) registerName() string { return "Register" + g.p.Service.Ident + "Handlers" }
func (g *generator) handlerName() string  { return "New" + g.p.Service.Ident + "Handler" }

// config writes the struct that holds one auth.Config for each scheme.
func (g *generator) config() {
	f, name := g.api, g.configName()
	if len(g.p.Schemes) == 0 {
		f.Blank()
		f.Doc(name + " is what the service reads from its configuration: nothing so far.")
		f.L("type ", name, " struct{}")
		f.Blank()
		f.Doc("Validate reports everything that is wrong with the configuration at once.")
		f.L("func (", name, ") Validate() error { return nil }")
		return
	}
	f.Func(name+" is what the service reads from its configuration.", "type ", name, " struct")
	for _, s := range g.p.Schemes {
		f.Doc(s.Name + " " + schemeTask(s) + " the tokens of scheme " + s.Name + ".")
		f.L(s.Name, " ", authSym("Config"), " `json:\"", s.Name, "\" yaml:\"", s.Name, "\"`")
	}
	f.End()
	f.Func("Validate reports everything that is wrong with c at once.", "func (c ", name, ") Validate() error")
	if len(g.p.Schemes) == 1 {
		f.Return(authSym("ValidateSchemes"), "(", g.namedScheme(g.p.Schemes[0]), ")")
	} else {
		f.L("return ", authSym("ValidateSchemes"), "(")
		for _, s := range g.p.Schemes {
			f.L(g.namedScheme(s), ",")
		}
		f.L(")")
	}
	f.End()
}

func (g *generator) namedScheme(s *model.Scheme) expr {
	return x(authSym("Named"), "{Name: ", str(s.Name), ", Config: c.", s.Name, "}")
}

func schemeTask(s *model.Scheme) string {
	switch {
	case s.Used && s.Issues:
		return "verifies and issues"
	case s.Issues:
		return "issues"
	}
	return "verifies"
}

// claims is the Go type of a scheme's claims.
func claims(s *model.Scheme) expr {
	if len(s.Claims) == 0 {
		return authSym("Claims")
	}
	return x(s.Claims)
}

// issuers writes New<Scheme>Issuer for the schemes whose tokens are made here.
func (g *generator) issuers() {
	f := g.api
	for _, s := range g.p.Schemes {
		if !s.Issues {
			continue
		}
		name := "New" + s.Name + "Issuer"
		f.Func(name+" returns the issuer of the tokens that scheme "+s.Name+" accepts.",
			"func ", name, "(c ", g.configName(), ", opts ...", authSym("Option"), ") (*", authSym("Issuer"), "[", claims(s), "], error)")
		f.Return(authSym("NewIssuer"), "[", claims(s), "](c.", s.Name, ", opts...)")
		f.End()
	}
}

// schemeOptions writes With<Scheme> for the schemes that guard routes.
func (g *generator) schemeOptions() {
	f := g.api
	for _, s := range g.p.Schemes {
		if !s.Used {
			continue
		}
		name := "With" + s.Name
		f.Func(name+" sets the clock, the stores and the observer of scheme "+s.Name+".",
			"func ", name, "(opts ...", authSym("Option"), ") ", runtimeSym("Option"))
		f.Return(authSym("ForScheme"), "(", str(s.Name), ", opts...)")
		f.End()
	}
}
