package genrt

import "strings"

// target is what a route without variables matches.
type target struct{ method, path string }

// literals returns the routes whose whole path is literal, by what they match.
// Nothing is more specific, so these requests need not be looked up in a mux,
// which takes as long as reading a small body. All others do, HEAD for a GET
// route among them.
func (s *Server) literals(routes []Route) map[target]Route {
	found := make(map[target]Route, len(routes))
	for _, r := range routes {
		method, path, ok := strings.Cut(r.Pattern, " ")
		if !ok || !isLiteral(path) {
			continue
		}
		found[target{method, path}] = Route{Pattern: r.Pattern, Handler: s.handler(r)}
	}
	return found
}

// isLiteral reports whether the path of a pattern matches itself and nothing
// else: it has no host, no variable and no percent-encoding, and is no subtree.
func isLiteral(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasSuffix(path, "/") && !strings.ContainsAny(path, "{%")
}
