package auth

import (
	"net/http"
	"net/textproto"
	"strings"
	"time"
)

// Cookie returns a cookie for FromCookie, to be sent with http.SetCookie: HttpOnly,
// so that no script reads it, Secure, SameSite=Lax, with the path / and without a
// domain, as the prefix __Host- of its name demands of browsers
// (draft-ietf-httpbis-rfc6265bis section 4.1.3.2); prefer that one to __Secure-, whose
// cookies other hosts of the domain can set. The token and when it expires are what
// an Issuer returns; browsers forget the cookie then. They keep at most 4096 bytes
// of name and token, and ignore a larger cookie.
func Cookie(name, token string, expires time.Time) *http.Cookie {
	c := newCookie(name, token, expires)
	c.MaxAge = int(time.Until(expires) / time.Second)
	if c.MaxAge <= 0 { // zero would leave it out
		c.MaxAge = -1
	}
	return c
}

// ExpiredCookie returns a cookie that makes browsers forget the one Cookie returned
// for the same name. The token in it stays valid until it expires or is revoked.
func ExpiredCookie(name string) *http.Cookie {
	c := newCookie(name, "", time.Unix(0, 0))
	c.MaxAge = -1
	return c
}

func newCookie(name, value string, expires time.Time) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", Expires: expires.UTC(),
		HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode,
	}
}

// isProtected reports whether browsers take a cookie of that name only from https,
// and so from nobody on the way. Some compare the prefix with case, so it is to be
// written as they know it.
func isProtected(name string) bool {
	for _, prefix := range []string{"__Host-", "__Secure-"} {
		if strings.HasPrefix(name, prefix) && name != prefix {
			return true
		}
	}
	return false
}

// readCookie returns the last of the n cookies of a name, as it was sent. Unlike
// http.Request.CookiesNamed it counts those whose value is none of a cookie, and
// those of requests with too many: what somebody presents must not look like
// nothing. A token in quotes is none.
func readCookie(headers []string, name string) (value string, n int) {
	for _, header := range headers {
		for header != "" {
			var part string
			part, header, _ = strings.Cut(header, ";")
			key, text, _ := strings.Cut(textproto.TrimString(part), "=")
			if textproto.TrimString(key) == name {
				value = text
				n++
			}
		}
	}
	return value, n
}
