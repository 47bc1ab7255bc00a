package jwks

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"
)

const (
	schemeHTTP  = "http"
	schemeHTTPS = "https"
)

// CheckURL reports what is wrong with the URL of a key set, and what to write
// instead. It must be an absolute https URL without user, password and fragment
// (RFC 8725 section 3.10: what is fetched decides which tokens are good); http is
// for localhost, 127.0.0.0/8 and [::1]. The error does not show the URL.
func CheckURL(text string) error {
	_, err := parseURL(text)
	return err
}

// CheckIssuer reports what is wrong with an issuer whose keys are to be found by
// OpenID Connect Discovery 1.0, and what to write instead. It must be what CheckURL
// accepts and have no query (section 2). The error does not show the issuer.
func CheckIssuer(issuer string) error {
	_, err := discoveryURL(issuer)
	return err
}

func parseURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || hasSpaces(text) { //check:url-form
		// The error of url.Parse shows the URL with its password.
		return nil, errors.New("expected an absolute URL such as https://login.example.com/keys, without spaces and control characters")
	}
	if u.User != nil { //check:url-user
		return nil, errors.New("expected a URL without user and password: leave out what stands before the @")
	}
	if strings.Contains(text, "#") { //check:url-fragment
		return nil, errors.New("expected a URL without a fragment: leave out the # and what follows")
	}
	if u.Scheme != schemeHTTPS && u.Scheme != schemeHTTP { //check:url-scheme
		return nil, errors.New("expected a URL that begins with https://")
	}
	if u.Hostname() == "" { //check:url-host
		return nil, errors.New("expected a URL with a host, such as https://login.example.com/keys")
	}
	if u.Scheme == schemeHTTP && !isLoopback(u.Hostname()) { //check:url-plain
		return nil, errors.New("expected https://: whoever can change what is fetched over http can sign tokens; " +
			"http is for localhost, 127.0.0.0/8 and [::1]")
	}
	return u, nil
}

func hasSpaces(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f })
}

// isLoopback reports whether a host is this machine by its name, without asking
// for an address: only in the forms that cannot mean anything else.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && (a.Is4() && a.IsLoopback() || a == netip.IPv6Loopback())
}

// show returns u without what may be secret in it.
func show(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}).String()
}
