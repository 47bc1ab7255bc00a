package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/model"
)

// routeLine is a route as apigen routes -json prints it.
type routeLine struct {
	Method  string `json:"method"`
	Path    string `json:"path"`
	Package string `json:"package"`
	Handler string `json:"handler"` // Type.Method
	ID      string `json:"id"`
	// Auth is open, cleared, optional or required.
	Auth string `json:"auth"`
	// Security lists alternatives, any of which admits a caller.
	Security []alternative `json:"security"`
	Timeout  string        `json:"timeout,omitempty"`
	// MaxBytes bounds the body; it is left out where none is read.
	MaxBytes int64  `json:"maxBytes,omitempty"`
	File     string `json:"file"`
	Line     int    `json:"line"`

	handler string // with the package's name
}

// alternative is a scheme with the scopes that a route asks for.
type alternative struct {
	Scheme string   `json:"scheme"`
	Scopes []string `json:"scopes,omitempty"`
	// In lists the places of the token, as in= of api:claims has them; left out for
	// Authorization:Bearer alone.
	In []string `json:"in,omitempty"`
}

// authOrder puts first what needs no token.
var authOrder = map[string]int{"open": 0, "cleared": 1, "optional": 2, "required": 3}

// runRoutes lists the routes of the packages that match.
func runRoutes(ctx context.Context, a *app) int {
	res, code, ok := a.generator(ctx, gen.Describe)
	if !ok {
		return code
	}
	lines := a.routeLines(res)
	var err error
	if a.json {
		enc := json.NewEncoder(a.out)
		enc.SetIndent("", "\t")
		enc.SetEscapeHTML(false)
		err = enc.Encode(lines)
	} else {
		err = a.printRoutes(lines)
	}
	if err != nil {
		return a.fail(err)
	}
	return exitOK
}

func (a *app) routeLines(res *gen.Result) []routeLine {
	lines := []routeLine{}
	for _, p := range res.Packages {
		if p.Model == nil {
			continue
		}
		for _, s := range p.Model.Servers {
			for _, r := range s.Routes {
				lines = append(lines, a.routeLine(p.Model, s, r))
			}
		}
	}
	slices.SortStableFunc(lines, func(x, y routeLine) int {
		return cmp.Or(
			cmp.Compare(authOrder[x.Auth], authOrder[y.Auth]),
			cmp.Compare(x.Path, y.Path),
			cmp.Compare(x.Method, y.Method),
			cmp.Compare(x.Package, y.Package),
		)
	})
	return lines
}

func (a *app) routeLine(p *model.Package, s *model.Server, r *model.Route) routeLine {
	l := routeLine{
		Method: r.Method, Path: r.Path, Package: p.Path, ID: r.ID,
		Handler:  s.GoName + "." + r.GoMethod,
		Auth:     authOf(r.Security),
		Security: alternatives(p, r.Security),
		File:     a.relative(r.Pos.File), Line: r.Pos.Line,
	}
	l.handler = p.Name + "." + l.Handler
	if r.Timeout > 0 {
		l.Timeout = r.Timeout.String()
	}
	if r.Request != nil && r.Request.ReadsBody {
		l.MaxBytes = r.MaxBytes
	}
	return l
}

func alternatives(p *model.Package, s model.Security) []alternative {
	out := []alternative{}
	for _, a := range s.Alternatives {
		out = append(out, alternative{a.Scheme, a.Scopes, tokenPlaces(p, a.Scheme)})
	}
	return out
}

// tokenPlaces lists where the tokens of a scheme stand, nothing for the usual place.
func tokenPlaces(p *model.Package, scheme string) []string {
	var places []string
	for _, s := range p.Schemes {
		if s.Name != scheme {
			continue
		}
		for _, place := range s.Places {
			in := place.In
			if in == annotate.InAuthorization {
				in = "Authorization"
			}
			places = append(places, in+":"+place.Name)
		}
	}
	if slices.Equal(places, []string{"Authorization:Bearer"}) {
		return nil
	}
	return places
}

func authOf(s model.Security) string {
	switch {
	case len(s.Alternatives) == 0 && s.Cleared:
		return "cleared"
	case len(s.Alternatives) == 0:
		return "open"
	case s.Optional:
		return "optional"
	}
	return "required"
}

func (a *app) printRoutes(lines []routeLine) error {
	if len(lines) == 0 {
		fmt.Fprintf(a.err, "apigen: no routes in %s\n", a.patterns())
		return nil
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "METHOD\tPATH\tHANDLER\tAUTH\tLIMITS\tSOURCE")
	for _, l := range lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s:%d\n", l.Method, l.Path, l.handler, authText(l), limitsText(l), l.File, l.Line)
	}
	return w.Flush()
}

// authText names the schemes and scopes of a route, and where tokens stand.
func authText(l routeLine) string {
	switch l.Auth {
	case "open":
		return "open"
	case "cleared":
		return "open (jwt=none)"
	}
	var alternatives []string
	for _, alt := range l.Security {
		text := alt.Scheme
		if len(alt.Scopes) > 0 {
			text += " " + strings.Join(alt.Scopes, ",")
		}
		if len(alt.In) > 0 {
			text += " in=" + strings.Join(alt.In, ",")
		}
		alternatives = append(alternatives, text)
	}
	text := strings.Join(alternatives, " or ")
	if l.Auth == "optional" {
		text += " (optional)"
	}
	return text
}

func limitsText(l routeLine) string {
	var limits []string
	if l.Timeout != "" {
		limits = append(limits, l.Timeout)
	}
	if l.MaxBytes > 0 {
		limits = append(limits, bytesText(l.MaxBytes))
	}
	if len(limits) == 0 {
		return "-"
	}
	return strings.Join(limits, " ")
}

func bytesText(n int64) string {
	for _, u := range []struct {
		size int64
		name string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if n%u.size == 0 {
			return fmt.Sprintf("%d%s", n/u.size, u.name)
		}
	}
	return fmt.Sprintf("%dB", n)
}
