package gogen

import "github.com/apigen-go/apigen/gen/model"

// claimsReader is a function that reads the claims of a scheme.
type claimsReader struct {
	name   string
	scheme *model.Scheme
}

// claimsReader returns the name of the function, which will be written.
func (g *generator) claimsReader(s *model.Scheme) string {
	name := g.names.pick("read" + s.Name + "Claims")
	g.helpers.readers = append(g.helpers.readers, claimsReader{name, s})
	return name
}

// readerFuncs writes the readers that were asked for. Names that repeat, null and
// the claims of auth.Claims are the runtime's concern.
func (g *generator) readerFuncs() {
	f := g.codec
	for _, reader := range g.helpers.readers {
		s := reader.scheme
		f.Func("", "func ", reader.name, "(r *", authSym("ClaimsReader"), ", c *", claims(s), ")")
		f.For("r.Next()")
		if len(s.Reader.Own) == 0 {
			f.L("r.Registered(&c.", s.Reader.Embedded, ")")
		} else {
			f.Switch("r.Name()")
			for _, c := range s.Reader.Own {
				f.Case(str(c.Name))
				f.L(g.readClaim(s, c))
			}
			f.Default()
			f.L("r.Registered(&c.", s.Reader.Embedded, ")")
			f.End()
		}
		f.End()
		f.End()
	}
}

// readClaim reads one claim.
func (g *generator) readClaim(s *model.Scheme, c *model.Claim) expr {
	b, into := basics[c.Kind], "&c."+c.Go
	switch {
	case !readableClaim(c):
		g.fail("claim %s of scheme %s has the kind %q, which is not plain", c.Name, s.Name, c.Kind)
		return x()
	case c.List && c.Kind == model.String && c.Basic:
		return x("r.Strings(", into, ")")
	case c.List && c.Kind == model.String:
		return x(authSym("ClaimStrings"), "(r, ", into, ")")
	case c.List:
		return x(authSym("ClaimIntegers"), "(r, ", into, ")")
	case c.Basic:
		return x("r.", b.read, "(", into, ")")
	}
	return x("r.", b.read, "((*", b.goType, ")(", into, "))")
}

// readableClaim reports whether the runtime reads claims of that kind.
func readableClaim(c *model.Claim) bool {
	switch c.Kind {
	case model.String, model.Int, model.Int8, model.Int16, model.Int32, model.Int64, model.Uint, model.Uint16, model.Uint32, model.Uint64:
		return true
	case model.Bool, model.Uint8, model.Float32, model.Float64:
		return !c.List
	}
	return false
}
