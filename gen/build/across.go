package build

import (
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// Across reports what only shows when the packages of one run are seen
// together. Packages belong to one service when api:service gives them the
// same name=; those without a name belong together too.
func Across(pkgs []*model.Package) []annotate.Diagnostic {
	var names []string
	services := map[string][]*model.Package{}
	for _, p := range pkgs {
		name := p.Service.Name
		if services[name] == nil {
			names = append(names, name)
		}
		services[name] = append(services[name], p)
	}
	var out []annotate.Diagnostic
	for _, name := range names {
		out = append(out, conflictsAcross(services[name])...)
		if name != "" {
			out = append(out, problemsDiffer(services[name])...)
		}
	}
	return out
}

type entry struct {
	pkg *model.Package
	r   *model.Route
}

// conflictsAcross reports routes of different packages that net/http could not
// tell apart.
func conflictsAcross(pkgs []*model.Package) []annotate.Diagnostic {
	var out []annotate.Diagnostic
	var done []entry
	mux := http.NewServeMux()
	for _, p := range pkgs {
		for _, s := range p.Servers {
			for _, r := range s.Routes {
				e := entry{p, r}
				if r.Path == "" || r.Method == "" || register(mux, r.Pattern()) == nil {
					done = append(done, e)
					continue
				}
				if d, ok := conflictWith(e, done); ok {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

func conflictWith(e entry, done []entry) (annotate.Diagnostic, bool) {
	for _, o := range done {
		mux := http.NewServeMux()
		if o.pkg == e.pkg || register(mux, o.r.Pattern()) != nil || register(mux, e.r.Pattern()) == nil {
			continue
		}
		d := annotate.Diagnostic{Code: conflictCode(e.r, o.r), Pos: tokenPosition(e.r.Pos), End: tokenPosition(e.r.Pos)}
		d.Message = conflictText(e.r, o.r) + ", or give the packages different names with //api:service name= where they are different services"
		d.Related = []annotate.Related{{Pos: tokenPosition(o.r.Pos), Message: o.r.Pattern() + " of package " + o.pkg.Path + " stands here"}}
		return d, true
	}
	return annotate.Diagnostic{}, false
}

// problemsDiffer reports packages of one service whose errors have different
// bodies.
func problemsDiffer(pkgs []*model.Package) []annotate.Diagnostic {
	var first *model.Package
	for _, p := range pkgs {
		if p.Problem != nil {
			first = p
			break
		}
	}
	if first == nil {
		return nil
	}
	var out []annotate.Diagnostic
	want := problemName(first)
	for _, p := range pkgs {
		if !p.HasRoutes() || problemName(p) == want {
			continue
		}
		d := annotate.Diagnostic{Code: annotate.CodeProblemsDiffer, Pos: tokenPosition(p.Service.Pos)}
		if p.Problem != nil {
			d.Pos = tokenPosition(p.Problem.Pos)
		}
		d.End = d.Pos
		d.Message = "the packages of service " + p.Service.Name + " must have the same api:problem; put //api:problem on an alias of it here: " + aliasOf(first)
		d.Related = []annotate.Related{{Pos: tokenPosition(first.Problem.Pos), Message: "package " + first.Path + " declares it here"}}
		out = append(out, d)
	}
	return out
}

// aliasOf shows how to name the problem type of a package in another one.
func aliasOf(p *model.Package) string {
	full := problemName(p)
	name := full[strings.LastIndexByte(full, '.')+1:]
	return "type " + name + " = " + p.Name + "." + name
}

// problemName is the full name of a package's problem type.
func problemName(p *model.Package) string {
	if p.Problem == nil {
		return ""
	}
	piece := p.Types[p.Problem.Type].Go[0]
	if piece.Pkg == "" {
		piece.Pkg = p.Path
	}
	return piece.Pkg + "." + piece.Text
}
