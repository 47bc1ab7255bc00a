package gogen

import (
	"slices"

	"github.com/apigen-go/apigen/gen/model"
)

// newVerifier builds the verifier of a scheme with what the source says of it:
// where tokens stand and which claims they must carry.
func (g *generator) newVerifier(s *model.Scheme) {
	f := g.api
	options := []expr{x("opts"), x(str(s.Name))}
	for _, p := range s.Places {
		switch p.In {
		case "authorization":
			options = append(options, x(authSym("FromAuthorization"), "(", str(p.Name), ")"))
		case "header":
			options = append(options, x(authSym("FromHeader"), "(", str(p.Name), ")"))
		case "cookie":
			options = append(options, x(authSym("FromCookie"), "(", str(p.Name), ")"))
		case "query":
			options = append(options, x(authSym("FromQuery"), "(", str(p.Name), ")"))
		default:
			g.fail("scheme %s reads its token from %q, which is no place", s.Name, p.In)
		}
	}
	if len(s.RequiredClaims) > 0 { //check:write-required-claims
		options = append(options, x(authSym("RequireClaims"), "(", strs(s.RequiredClaims), ")"))
	}
	if s.Reader != nil {
		options = append(options, x(authSym("ReadClaims"), "(", g.claimsReader(s), ")"))
	}
	list := x(authSym("SchemeOptions"), "(", join(options, ", "), ")...")
	line := x("a.", g.verifiers[s.Name], ", err = ", authSym("NewVerifier"), "[", claims(s), "](c.", s.Name, ", ")
	if line.width()+list.width() < 130 {
		f.L(line, list, ")")
	} else {
		f.L(line, authSym("SchemeOptions"), "(", join(options[:2], ", "), ",")
		for _, o := range options[2:] {
			f.L(o, ",")
		}
		f.L(")...)")
	}
	f.If("err != nil")
	f.Return("nil, err")
	f.End()
}

// verifier is the verifier of a route, nothing for an open one.
func (g *generator) verifier(r *model.Route) (expr, bool) {
	alternatives := r.Security.Alternatives
	if len(alternatives) == 0 {
		return nil, false
	}
	if len(alternatives) > 1 {
		g.fail("route %s has %d alternatives of authentication, and one is supported", r.Const, len(alternatives))
	}
	field, ok := g.verifiers[alternatives[0].Scheme]
	if !ok {
		g.fail("route %s uses scheme %s, which the package does not list as used", r.Const, alternatives[0].Scheme)
	}
	return x("a.", field), true
}

// authenticate is the call that checks the caller's token.
func (g *generator) authenticate(r *model.Route) expr {
	v, _ := g.verifier(r)
	if r.Security.Optional {
		return x(v, ".AuthenticateOptional(c)")
	}
	if scopes := r.Security.Alternatives[0].Scopes; len(scopes) > 0 { //check:write-scopes
		return x(v, ".Authenticate(c, ", strs(scopes), ")")
	}
	return x(v, ".Authenticate(c)")
}

// guarded tells that the token is checked ahead of the route's own function,
// because middleware runs in between or because that function is the user's.
func (g *generator) guarded(r *model.Route) bool {
	return len(r.Security.Alternatives) > 0 && (len(r.After) > 0 || r.Shape == model.ShapeRaw)
}

// guardFunc writes the check that runs ahead of a guarded route.
func (g *generator) guardFunc(name string, r *model.Route) {
	f := g.api
	f.Func(name+" checks the token of "+r.Const+".", "func (a *", g.apiName(), ") ", name, "(c *", genrtSym("Call"), ") bool")
	f.L("_, ok := ", g.authenticate(r))
	f.Return("ok")
	f.End()
}

// caller writes the lines of a route that find out who calls.
func (g *generator) caller(f *file, r *model.Route) {
	v, ok := g.verifier(r)
	if !ok {
		return
	}
	switch {
	case g.guarded(r):
		f.L("c.Challenge(", v, ".Challenge())")
		if r.Claims {
			f.L("me, _ := ", authSym("From"), "[", g.claimsOf(r), "](c.Context())")
		}
	case r.Claims:
		f.L("me, ok := ", g.authenticate(r))
		f.If("!ok")
		f.Return()
		f.End()
	default:
		f.If("_, ok := ", g.authenticate(r), "; !ok")
		f.Return()
		f.End()
	}
}

// tokenNames lists the query parameters in which the scheme of a route looks for a
// token.
func (g *generator) tokenNames(r *model.Route) []string {
	var names []string
	for _, s := range g.p.Schemes {
		for _, p := range s.Places {
			if p.In == "query" && slices.ContainsFunc(r.Security.Alternatives, func(a model.Alternative) bool { return a.Scheme == s.Name }) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// claimsOf is the type of the claims a route takes.
func (g *generator) claimsOf(r *model.Route) expr {
	for _, s := range g.p.Schemes {
		if s.Name == r.Security.Alternatives[0].Scheme {
			return claims(s)
		}
	}
	return authSym("Claims")
}
