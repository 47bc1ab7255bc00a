package auth

import (
	"context"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// source is where one issuer's keys come from: what Config and Trusted have in
// common.
type source struct {
	at          string // in front of field names in errors
	issuer      string
	audience    []string
	algorithms  []string
	secret      string
	previous    []string
	publicFile  string
	privateFile string
	keyID       string
	url         string
	discovery   bool
}

// sources lists where the keys of all issuers come from, that of c itself first.
func (c Config) sources() []source {
	all := []source{{
		issuer: c.Issuer, audience: c.Audience, algorithms: c.Algorithms, secret: c.AccessSecret, previous: c.PrevSecrets,
		publicFile: c.PublicKeyFile, privateFile: c.PrivateKeyFile, keyID: c.KeyID, url: c.JWKSURL, discovery: c.Discovery,
	}}
	for i, t := range c.Issuers {
		s := source{
			at: trustedField(i), issuer: t.Issuer, audience: t.Audience, algorithms: t.Algorithms, secret: t.AccessSecret,
			previous: t.PrevSecrets, publicFile: t.PublicKeyFile, url: t.JWKSURL, discovery: t.Discovery,
		}
		if len(s.audience) == 0 {
			s.audience = c.Audience
		}
		all = append(all, s)
	}
	return all
}

// The fields that hold keys, as configurations spell them.
const (
	fieldSecret    = "AccessSecret"
	fieldPrevious  = "PrevSecrets"
	fieldPrivate   = "PrivateKeyFile"
	fieldPublic    = "PublicKeyFile"
	fieldURL       = "JWKSURL"
	fieldDiscovery = "Discovery"
)

// given lists the fields of s that bring keys.
func (s source) given() (fields []string) {
	for _, f := range []struct {
		name string
		set  bool
	}{
		{fieldSecret, s.secret != ""},
		{fieldPrevious, len(s.previous) > 0},
		{fieldPrivate, s.privateFile != ""},
		{fieldPublic, s.publicFile != ""},
		{fieldURL, s.url != ""},
		{fieldDiscovery, s.discovery},
	} {
		if f.set {
			fields = append(fields, f.name)
		}
	}
	return fields
}

func (s source) hasFiles() bool { return s.publicFile != "" || s.privateFile != "" }

func (s source) remote() bool { return s.url != "" || s.discovery }

// secretAlgorithm is the one algorithm of the secret.
func (s source) secretAlgorithm() string {
	if len(s.algorithms) == 0 {
		return "HS256"
	}
	return s.algorithms[0]
}

// secrets returns the signing secret and those before it.
func (s source) secrets() []string { return append([]string{s.secret}, s.previous...) }

func (s source) options() jwks.Options { return jwks.Options{Algorithms: s.algorithms} }

// keys returns the key set of s, which is valid.
func (s source) keys(client *http.Client) (keySet, error) {
	switch {
	case s.remote():
		return newRemoteSet(s, client)
	case s.hasFiles():
		return newFileSet(s)
	default:
		return newSecretSet(s.secretAlgorithm(), s.secrets()...), nil
	}
}

// keySet finds the keys that may have signed a token.
type keySet interface {
	// algorithms lists those that the keys of the set may have.
	algorithms() []string
	// candidates returns the keys that h may mean, likeliest first, and the set they
	// are of. An error says that nobody can tell at the moment.
	candidates(ctx context.Context, h *header) (found []key, of *jwks.Set, err error)
	// knows reports whether candidates can tell at once: the keys are at hand, and
	// the one that h names is among them.
	knows(h *header) bool
	// reread is asked when none of the candidates of a set has made the signature. It
	// reports whether the keys are others by now; it is not asked without a set. An
	// error says the same as that of candidates.
	reread(ctx context.Context, h *header, of *jwks.Set) (bool, error)
}

// shares names what s and t have in common that opens routes; empty for nothing.
func (s source) shares(t source) string {
	for _, secret := range s.secrets() {
		key := effectiveKey(secret)
		if key != "" && slices.ContainsFunc(t.secrets(), func(s string) bool { return effectiveKey(s) == key }) {
			return "a secret"
		}
	}
	if s.url != "" && sameURL(s.url, t.url) { //check:share-url
		return "a JWKSURL"
	}
	if s.remote() && t.remote() && (s.discovery || t.discovery) && sameURL(s.issuer, t.issuer) { //check:share-discovery
		return "the keys of an issuer"
	}
	if s.sharesKey(t) { //check:share-key
		return "a key"
	}
	return ""
}

// sharesKey compares the keys in files. A file that cannot be read has its own
// error; as far as it is the same one, so are its keys.
func (s source) sharesKey(t source) bool {
	for _, file := range []string{s.publicFile, s.privateFile} {
		if file != "" && slices.ContainsFunc([]string{t.publicFile, t.privateFile}, func(f string) bool { return sameFile(f, file) }) {
			return true
		}
	}
	theirs := t.thumbprints()
	return slices.ContainsFunc(s.thumbprints(), func(k string) bool { return slices.Contains(theirs, k) })
}

// sameURL reports whether two URLs lead to the same place, as far as their text tells:
// by RFC 3986 section 6.2.3, and without a slash at the end.
func sameURL(a, b string) bool { return a == b || plainURL(a) == plainURL(b) }

func plainURL(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return text
	}
	u.Host = strings.ToLower(u.Host)
	if u.Scheme == "https" {
		u.Host = strings.TrimSuffix(u.Host, ":443")
	}
	u.Host = strings.TrimSuffix(u.Host, ":")
	u.ForceQuery = false
	return strings.TrimSuffix(u.String(), "/")
}

func sameFile(a, b string) bool {
	return a != "" && b != "" && filepath.Clean(a) == filepath.Clean(b)
}

func (s source) thumbprints() (all []string) {
	set, _, _ := s.readFiles()
	if set != nil {
		for _, k := range set.Keys() {
			all = append(all, k.Thumbprint())
		}
	}
	return all
}

// effectiveKey drops what HMAC adds by itself: keys that differ in zero bytes at
// their end alone are one key.
func effectiveKey(secret string) string { return strings.TrimRight(secret, "\x00") }
