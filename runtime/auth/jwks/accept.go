package jwks

import (
	"errors"
	"slices"
)

// Options say what is expected of keys that are read.
type Options struct {
	// Algorithms is the closed list of algorithms that keys may have; empty for
	// all. RSA keys without alg, as PEM files hold them, have the one for RSA in
	// it, and RS256 when it is empty.
	Algorithms []string
	// ID names the only key that is read (kid), unless it has a name already.
	ID string
}

// algorithmOf returns the algorithm that a key has by its own declaration, which
// is empty for none, or by o.
func (o Options) algorithmOf(declared string, rsa bool) (string, error) {
	if declared != "" || !rsa {
		return declared, nil
	}
	var fits []string
	for _, name := range o.Algorithms {
		if a, ok := algorithmOf(name); ok && a.kty == typeRSA && !slices.Contains(fits, name) {
			fits = append(fits, name)
		}
	}
	switch len(fits) {
	case 0:
		return "", nil
	case 1:
		return fits[0], nil
	default:
		return "", errSeveral
	}
}

var errSeveral = errors.New("expected one algorithm for RSA in Algorithms, as the key does not say which is its own: " +
	"leave one, or give the key as a JWK with alg")

// allows reports whether keys may have the algorithm alg.
func (o Options) allows(alg string) bool {
	return len(o.Algorithms) == 0 ||
		slices.ContainsFunc(o.Algorithms, func(name string) bool { return Canonical(name) == alg })
}
