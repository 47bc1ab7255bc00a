package build

import (
	"fmt"
	"go/token"
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// routePath joins the prefixes and the path of a route and writes the result
// as net/http.ServeMux takes it.
func (b *builder) routePath(r *route) {
	a := r.d.Arg("path")
	if a == nil || len(a.Values) == 0 {
		return // the schema reported it
	}
	path := a.Values[0].Text
	own := r.server.prefix
	if p := r.d.Arg("prefix"); p != nil {
		own = argText(r.d, "prefix")
	}
	prefix := b.m.Service.Prefix + own
	full := prefix + path
	if path == "/" && prefix != "" {
		full = prefix
	}
	p, errs := annotate.ParsePath(full)
	if len(errs) > 0 {
		if _, errs := annotate.ParsePath(path); len(errs) == 0 { // else the schema reported it
			b.errorf(a.Values[0].Pos, a.Values[0].End, annotate.CodePathSyntax, "the prefixes make this the path %s: %s", full, errs[0].Message)
		}
		r.m.Path = full
		return
	}
	r.pattern = p
	r.m.Vars = p.Vars()
	r.m.Path = full
	if strings.HasSuffix(full, "/") {
		r.m.Path += "{$}"
	}
}

// patterns reports routes that net/http could not tell apart, by asking it.
func (b *builder) patterns() {
	var done []*route
	mux := http.NewServeMux()
	for _, s := range b.order {
		for _, r := range s.routes {
			if r.m.Path == "" || r.m.Method == "" {
				continue
			}
			if err := register(mux, r.m.Pattern()); err != nil {
				b.conflict(r, done)
				continue
			}
			done = append(done, r)
		}
	}
}

// register adds a pattern to a mux, whose complaint is a panic.
func register(mux *http.ServeMux, pattern string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	mux.HandleFunc(pattern, func(http.ResponseWriter, *http.Request) {})
	return nil
}

func (b *builder) conflict(r *route, earlier []*route) {
	for _, e := range earlier {
		mux := http.NewServeMux()
		if register(mux, e.m.Pattern()) != nil || register(mux, r.m.Pattern()) == nil {
			continue
		}
		d := b.errorf(r.pathPos(), r.pathEnd(), conflictCode(r.m, e.m), "%s", conflictText(r.m, e.m))
		b.related(d, e.pathPos(), "%s stands here", e.m.Pattern())
		return
	}
	b.errorf(r.d.Pos, r.d.End, annotate.CodePathSyntax, "net/http does not take the pattern %q; check the path", r.m.Pattern())
}

// pathPos and pathEnd enclose the path in the route's directive.
func (r *route) pathPos() token.Pos { return r.pathValue().From }

func (r *route) pathEnd() token.Pos { return r.pathValue().To }

func (r *route) pathValue() annotate.Span {
	if a := r.d.Arg("path"); a != nil && len(a.Values) > 0 {
		return a.Values[0].Span()
	}
	return r.d.Span()
}

func conflictCode(r, e *model.Route) string {
	if r.Pattern() == e.Pattern() {
		return annotate.CodeDuplicatePattern
	}
	return annotate.CodeAmbiguousPattern
}

func conflictText(r, e *model.Route) string {
	if r.Pattern() == e.Pattern() {
		return fmt.Sprintf("route %s is declared twice; change the method or the path of one", r.Pattern())
	}
	return fmt.Sprintf("routes %s and %s match some of the same requests and neither is more specific; change one of the paths", r.Pattern(), e.Pattern())
}
