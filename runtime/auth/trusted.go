package auth

import (
	"encoding/json"
	"fmt"
	"log/slog"
)

// Trusted is a further issuer whose tokens a scheme accepts. Only its own keys
// verify them: a token that says to be of one issuer and is signed by another is
// refused (RFC 8725 section 3.8). It needs Issuer and one source of keys, as
// Config does, and hides its secrets like it.
type Trusted struct {
	// Issuer is the iss of its tokens.
	Issuer string `json:"Issuer" yaml:"Issuer"`
	// Audience is one of which its tokens must have; that of Config when empty.
	Audience []string `json:"Audience" yaml:"Audience"`
	// Algorithms is as in Config.
	Algorithms []string `json:"Algorithms" yaml:"Algorithms"`
	// AccessSecret verifies.
	AccessSecret string `json:"AccessSecret" yaml:"AccessSecret"`
	// PrevSecrets verify too.
	PrevSecrets []string `json:"PrevSecrets" yaml:"PrevSecrets"`
	// PublicKeyFile is as in Config.
	PublicKeyFile string `json:"PublicKeyFile" yaml:"PublicKeyFile"`
	// JWKSURL is as in Config.
	JWKSURL string `json:"JWKSURL" yaml:"JWKSURL"`
	// Discovery is as in Config.
	Discovery bool `json:"Discovery" yaml:"Discovery"`
}

// shownTrusted has the fields of Trusted, and none of its methods.
type shownTrusted Trusted

func (t Trusted) redacted() shownTrusted {
	t.AccessSecret, t.PrevSecrets = hide(t.AccessSecret), hideAll(t.PrevSecrets)
	t.PublicKeyFile, t.JWKSURL = hideKey(t.PublicKeyFile), hideURL(t.JWKSURL)
	return shownTrusted(t)
}

// String returns t without its secrets.
func (t Trusted) String() string { return fmt.Sprintf("%+v", t.redacted()) }

// Format writes t without its secrets, whatever the verb.
func (t Trusted) Format(s fmt.State, verb rune) {
	_, _ = fmt.Fprintf(s, fmt.FormatString(s, verb), t.redacted())
}

// LogValue is t for slog, without its secrets.
func (t Trusted) LogValue() slog.Value { return slog.AnyValue(t.redacted()) }

// MarshalJSON writes t without its secrets.
func (t Trusted) MarshalJSON() ([]byte, error) { return json.Marshal(t.redacted()) }

// MarshalYAML is t for encoders of YAML, without its secrets.
func (t Trusted) MarshalYAML() (any, error) { return t.redacted(), nil }
