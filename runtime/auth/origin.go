package auth

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// newOrigins returns what tells requests of other sites. The origins are valid.
func newOrigins(trusted []string) *http.CrossOriginProtection {
	p := http.NewCrossOriginProtection()
	for _, origin := range trusted {
		_ = p.AddTrustedOrigin(origin)
	}
	return p
}

// isCrossOrigin reports whether a page of another site, not a trusted one, made a
// browser send r, and r may change something.
func isCrossOrigin(p *http.CrossOriginProtection, r *http.Request) bool {
	if r.Header.Get("Upgrade") != "" { //check:cross-origin-upgrade
		// A GET that opens a WebSocket is not safe, and no same-origin policy keeps
		// the page from reading what comes back (RFC 6455 section 10.2).
		opening := *r
		opening.Method = http.MethodPost
		r = &opening
	}
	return p.Check(r) != nil
}

func (c Config) validateOrigins() error {
	var errs []error
	for i, origin := range c.TrustedOrigins {
		if !isOrigin(origin) { //check:trusted-origin
			// What stands there may be a secret that slipped a line.
			errs = append(errs, invalid(fmt.Sprintf("TrustedOrigins[%d]", i), "expected an origin as browsers send it, such as "+
				"https://app.example.com or http://localhost:3000: https or http, a host in lower case, a port that is not the default, and nothing behind"))
		}
	}
	return errors.Join(errs...)
}

// isOrigin reports whether a browser may send origin in the header of that name,
// with which trusted ones are compared as they are (RFC 6454 section 6.2).
func isOrigin(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || new(http.CrossOriginProtection).AddTrustedOrigin(origin) != nil {
		return false
	}
	if u.Scheme == "https" && u.Port() == "443" || u.Scheme == "http" && u.Port() == "80" || strings.HasSuffix(u.Host, ":") {
		return false
	}
	host := strings.Trim(u.Host, "[]") // around IPv6
	return (u.Scheme == "https" || u.Scheme == "http") && origin == u.Scheme+"://"+u.Host && u.Hostname() != "" &&
		host == asciiLower(host) && !strings.ContainsFunc(u.Host, func(r rune) bool { return r > '~' || r == '*' })
}
