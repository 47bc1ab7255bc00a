package auth

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Config is how the tokens of one scheme are signed and checked, as the
// configuration file of a service holds it. Every field may be left out but
// AccessSecret.
//
// A Config hides its secrets from fmt, slog, encoding/json and YAML encoders.
// There are two ways around it in fmt, which asks no method there: an unexported
// field that holds a Config, or a pointer to one where the verb does not fit
// pointers, as %s does not; and the verbs %p and %w, which do not fit a Config and
// which go vet reports.
type Config struct {
	// AccessSecret signs and verifies; its bytes are the key as they are. It needs
	// at least the size of the hash: 32 bytes for HS256 (RFC 7518 section 3.2).
	AccessSecret string `json:"AccessSecret" yaml:"AccessSecret"`
	// PrevSecrets verify and do not sign: the secrets before AccessSecret, for as
	// long as tokens signed with them are valid. They need the same size.
	PrevSecrets []string `json:"PrevSecrets" yaml:"PrevSecrets"`
	// AccessExpire is how long an issued token is valid, 15 minutes when zero.
	AccessExpire Seconds `json:"AccessExpire" yaml:"AccessExpire"`
	// Algorithms holds the one algorithm of the secret: HS256, which it also is
	// when left out, HS384 or HS512.
	Algorithms []string `json:"Algorithms" yaml:"Algorithms"`
	// Issuer is the iss that tokens are issued with and, unless it is empty, must
	// have.
	Issuer string `json:"Issuer" yaml:"Issuer"`
	// Audience is the aud that tokens are issued with; unless it is empty, a token
	// must have one of them.
	Audience []string `json:"Audience" yaml:"Audience"`
	// TokenTypes are the typ a header may have, at+jwt and JWT when left out. They
	// are compared without case and without the prefix application/.
	TokenTypes []string `json:"TokenTypes" yaml:"TokenTypes"`
	// Leeway is how far clocks may differ: 30 seconds when zero, none when -1, at
	// most 5 minutes.
	Leeway Seconds `json:"Leeway" yaml:"Leeway"`
	// MaxTokenBytes is the largest token that is looked at, 8192 when zero.
	MaxTokenBytes int `json:"MaxTokenBytes" yaml:"MaxTokenBytes"`
	// Realm names the protected space in challenges, api when empty.
	Realm string `json:"Realm" yaml:"Realm"`
	// TrustedOrigins may send requests that change something with a token in a
	// cookie, beside the service's own origin; they are written as
	// https://app.example.com.
	TrustedOrigins []string `json:"TrustedOrigins" yaml:"TrustedOrigins"`
	// AllowNoExp accepts tokens without exp, which are valid for ever.
	AllowNoExp bool `json:"AllowNoExp" yaml:"AllowNoExp"`
	// AllowBareToken accepts an Authorization header that is a token without a
	// scheme word, as some clients of go-zero services send it.
	AllowBareToken bool `json:"AllowBareToken" yaml:"AllowBareToken"`
	// AllowNoType accepts tokens whose header has no typ.
	AllowNoType bool `json:"AllowNoType" yaml:"AllowNoType"`
}

const (
	defaultExpire   Seconds = 15 * 60
	longExpire      Seconds = 24 * 60 * 60
	maxExpire       Seconds = maxTime / 10
	defaultLeeway   Seconds = 30
	maxLeeway       Seconds = 5 * 60
	noLeeway        Seconds = -1
	defaultMaxBytes         = 8 << 10
	limitMaxBytes           = 1 << 20
)

// Validate reports everything that is wrong with c at once.
func (c Config) Validate() error {
	return errors.Join(c.validateAlgorithms(), c.validateSecrets(), c.validateTimes(), c.validateNames(), c.validateOrigins())
}

func (c Config) validateAlgorithms() error {
	if len(c.Algorithms) > 1 { //check:algorithms-one
		return invalid("Algorithms", "a secret has exactly one algorithm: leave one of HS256, HS384 and HS512")
	}
	if macs[c.algorithm()].size == 0 { //check:algorithms-known
		// What stands there may be a secret that slipped a line.
		return invalid("Algorithms", "expected HS256, HS384 or HS512: a secret has no other")
	}
	return nil
}

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
	if !isPrintable(c.Realm) { //check:realm
		errs = append(errs, invalid("Realm", "expected printable ASCII: it is sent in a header"))
	}
	if slices.Contains(c.Audience, "") { //check:audience-empty
		errs = append(errs, invalid("Audience", "expected names that are not empty"))
	}
	if slices.ContainsFunc(c.TokenTypes, func(t string) bool { return mediaType(t) == "" }) { //check:types-empty
		errs = append(errs, invalid("TokenTypes", "expected types that are not empty: AllowNoType accepts tokens without typ"))
	}
	return errors.Join(errs...)
}

// invalid is an error about a field. Its name keeps the case it has in files.
func invalid(field, format string, args ...any) error {
	return fmt.Errorf(field+": "+format, args...)
}

// isPrintable reports whether s is printable ASCII.
func isPrintable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

func (c Config) algorithm() string {
	if len(c.Algorithms) == 0 {
		return "HS256"
	}
	return c.Algorithms[0]
}

// withDefaults returns c, which is valid, with everything filled in.
func (c Config) withDefaults() Config {
	if c.AccessExpire == 0 {
		c.AccessExpire = defaultExpire
	}
	if len(c.TokenTypes) == 0 {
		c.TokenTypes = []string{typeAccess, typePlain}
	}
	switch c.Leeway {
	case 0:
		c.Leeway = defaultLeeway
	case noLeeway:
		c.Leeway = 0
	}
	if c.MaxTokenBytes == 0 {
		c.MaxTokenBytes = defaultMaxBytes
	}
	if c.Realm == "" {
		c.Realm = "api"
	}
	return c
}

func (c Config) keys() keySet {
	return newSecretSet(c.algorithm(), c.secrets()...)
}

// secrets returns the signing secret and those before it.
func (c Config) secrets() []string {
	return append([]string{c.AccessSecret}, c.PrevSecrets...)
}
