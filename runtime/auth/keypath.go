package auth

import (
	"crypto/x509"
	"encoding/base64"
	"net/url"
	"strings"
)

// isKeyItself reports whether what should be the name of a key file is the text of
// one, as an environment variable may hold it. It must not be shown then.
func isKeyItself(name string) bool {
	text := strings.TrimSpace(name)
	return keyText(text) != "" || strings.ContainsAny(text, "\r\n") || strings.HasPrefix(text, "{") || isPrivateDER(text)
}

// isPrivateDER reports whether text is a private key in base64, without the lines
// that PEM has around it.
func isPrivateDER(text string) bool {
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return false
	}
	_, errPKCS8 := x509.ParsePKCS8PrivateKey(der)
	_, errRSA := x509.ParsePKCS1PrivateKey(der)
	_, errEC := x509.ParseECPrivateKey(der)
	return errPKCS8 == nil || errRSA == nil || errEC == nil
}

// hideKey returns the name of a key file, unless it is a key.
func hideKey(name string) string {
	if isKeyItself(name) {
		return hidden
	}
	return name
}

// hideURL returns a URL of keys without its user, password and query, which may hold
// what others should not know.
func hideURL(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return hidden
	}
	if u.User == nil && u.RawQuery == "" {
		return text
	}
	u.User = nil
	if u.RawQuery != "" {
		u.RawQuery = hidden
	}
	return u.String()
}
