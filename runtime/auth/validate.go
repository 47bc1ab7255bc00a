package auth

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// Validate reports everything that is wrong with c at once. It reads the files
// that c names, and asks no server.
func (c Config) Validate() error {
	var errs []error
	for _, s := range c.sources() {
		errs = append(errs, s.validate())
	}
	return errors.Join(append(errs, c.validateIssuers(), c.validateTimes(), c.validateNames(), c.validateScopes(), c.validateOrigins())...)
}

// validate reports what is wrong with one source of keys.
func (s source) validate() error {
	given := s.given()
	secret := slices.Contains(given, fieldSecret) || slices.Contains(given, fieldPrevious)
	errs := []error{s.validateAlgorithms(len(given) == 0 || secret)}
	if len(given) == 0 || secret {
		errs = append(errs, s.validateSecrets())
	}
	if kinds := s.kinds(); kinds > 1 { //check:sources-one
		errs = append(errs, s.invalid(given[len(given)-1],
			"expected one source of keys, and there is %s: leave one of AccessSecret, key files, JWKSURL and Discovery", given[0]))
	}
	errs = append(errs, s.validateURL())
	if s.keyID != "" && !s.hasFiles() { //check:key-id
		errs = append(errs, s.invalid("KeyID", "expected it beside PrivateKeyFile or PublicKeyFile: it names the key there"))
	}
	if s.hasFiles() {
		_, _, err := s.readFiles()
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// kinds counts the kinds of sources that s has.
func (s source) kinds() (n int) {
	for _, has := range []bool{s.secret != "" || len(s.previous) > 0, s.hasFiles(), s.url != "", s.discovery} {
		if has {
			n++
		}
	}
	return n
}

func (s source) validateAlgorithms(secret bool) error {
	if !secret {
		return s.validateKeyAlgorithms()
	}
	if len(s.algorithms) > 1 { //check:algorithms-one
		return s.invalid("Algorithms", "a secret has exactly one algorithm: leave one of HS256, HS384 and HS512")
	}
	if macs[s.secretAlgorithm()].size == 0 { //check:algorithms-known
		// What stands there may be a secret that slipped a line.
		return s.invalid("Algorithms", "expected HS256, HS384 or HS512: a secret has no other")
	}
	return nil
}

func (s source) validateKeyAlgorithms() error {
	known := jwks.Algorithms()
	if slices.ContainsFunc(s.algorithms, func(a string) bool { return !slices.Contains(known, jwks.Canonical(a)) }) { //check:algorithms-keys
		return s.invalid("Algorithms", "expected some of %s, which keys have", strings.Join(known, ", "))
	}
	return nil
}

func (s source) validateURL() error {
	var errs []error
	if s.url != "" {
		if err := jwks.CheckURL(s.url); err != nil { //check:jwks-url
			errs = append(errs, s.invalid("JWKSURL", "%w", err))
		}
		if s.issuer == "" { //check:jwks-issuer
			errs = append(errs, s.invalid("Issuer", "expected the iss of the tokens whose keys JWKSURL has: "+
				"somebody else may sign with the same keys for another purpose"))
		}
	}
	if s.discovery {
		if err := jwks.CheckIssuer(s.issuer); err != nil { //check:discovery-issuer
			errs = append(errs, s.invalid("Issuer", "%w; Discovery finds the keys through it", err))
		}
	}
	return errors.Join(errs...)
}

// validateIssuers compares the issuers of one scheme.
func (c Config) validateIssuers() error {
	if len(c.Issuers) == 0 {
		return nil
	}
	var errs []error
	if c.Issuer == "" { //check:issuers-own
		errs = append(errs, invalid("Issuer", "expected the iss that goes with the keys of this scheme: Issuers lists others"))
	}
	seen := []string{c.Issuer}
	for i, t := range c.Issuers {
		name := trustedField(i) + "Issuer"
		if t.Issuer == "" { //check:trusted-issuer
			errs = append(errs, invalid(name, "expected the iss of its tokens"))
		} else if slices.Contains(seen, t.Issuer) { //check:trusted-twice
			errs = append(errs, invalid(name, "expected an issuer that is not there before: give all of its keys in one place, a JWK set"))
		}
		seen = append(seen, t.Issuer)
	}
	return errors.Join(append(errs, c.validateShared())...)
}

// validateShared reports secrets that two issuers share: each could sign for the
// other. Keys they may share, as tenants of one service do: who has the private
// half is one.
func (c Config) validateShared() error {
	var errs []error
	all := c.sources()
	for i, s := range all {
		for _, t := range all[:i] {
			if s.shares(t) == "a secret" { //check:trusted-secret
				errs = append(errs, s.invalid(fieldSecret, "expected a secret that no other issuer has: each could sign for the other"))
			}
		}
	}
	return errors.Join(errs...)
}

func trustedField(i int) string { return fmt.Sprintf("Issuers[%d].", i) }

func (c Config) validateTimes() error {
	var errs []error
	if c.AccessExpire < 0 { //check:expire-negative
		errs = append(errs, invalid("AccessExpire", "expected a positive number of seconds or a duration such as 15m"))
	}
	if c.AccessExpire > maxExpire { //check:expire-range
		errs = append(errs, invalid("AccessExpire", "expected at most %d seconds", int64(maxExpire)))
	}
	if c.Leeway < noLeeway { //check:leeway-negative
		errs = append(errs, invalid("Leeway", "expected seconds, or -1 for none"))
	}
	if c.Leeway > maxLeeway { //check:leeway-max
		errs = append(errs, invalid("Leeway", "expected at most 5m: clocks that differ by more need to be set"))
	}
	return errors.Join(errs...)
}

func (c Config) validateNames() error {
	var errs []error
	if c.MaxTokenBytes < 0 || c.MaxTokenBytes > limitMaxBytes { //check:max-bytes
		errs = append(errs, invalid("MaxTokenBytes", "expected 1 to %d, or 0 for %d", limitMaxBytes, defaultMaxBytes))
	}
	if c.CacheTokens < 0 || c.CacheTokens > limitCache { //check:cache-range
		errs = append(errs, invalid("CacheTokens", "expected 1 to %d, or 0 for none", limitCache))
	}
	if c.CacheTokens > 0 && !slices.ContainsFunc(c.sources(), func(s source) bool { return s.hasFiles() || s.remote() }) { //check:cache-keys
		errs = append(errs, invalid("CacheTokens", "expected it beside keys: a secret verifies faster than a cache is searched"))
	}
	if !isPrintable(c.Realm) { //check:realm
		errs = append(errs, invalid("Realm", "expected printable ASCII: it is sent in a header"))
	}
	if slices.Contains(c.Audience, "") { //check:audience-empty
		errs = append(errs, invalid("Audience", "expected names that are not empty"))
	}
	for i, t := range c.Issuers {
		if slices.Contains(t.Audience, "") { //check:trusted-audience-empty
			errs = append(errs, invalid(trustedField(i)+"Audience", "expected names that are not empty"))
		}
	}
	if slices.ContainsFunc(c.TokenTypes, func(t string) bool { return mediaType(t) == "" }) { //check:types-empty
		errs = append(errs, invalid("TokenTypes", "expected types that are not empty: AllowNoType accepts tokens without typ"))
	}
	return errors.Join(errs...)
}

// validateScopes reports claims that cannot hold scopes.
func (c Config) validateScopes() error {
	taken := []string{"", "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf"}
	if slices.ContainsFunc(c.ScopeClaims, func(name string) bool { return slices.Contains(taken, name) }) { //check:scope-claims
		return invalid("ScopeClaims", "expected claims that hold scopes, such as scope, scp and permissions")
	}
	return nil
}

// invalid is an error about a field. Its name keeps the case it has in files.
func invalid(field, format string, args ...any) error {
	return fmt.Errorf(field+": "+format, args...)
}

func (s source) invalid(field, format string, args ...any) error {
	return invalid(s.at+field, format, args...)
}

// isPrintable reports whether s is printable ASCII.
func isPrintable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}
