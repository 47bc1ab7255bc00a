package auth

import (
	"encoding/json"
	"fmt"
	"log/slog"
)

const hidden = "[redacted]"

// shown has the fields of Config, and none of its methods.
type shown Config

// redacted returns c with its secrets replaced. Whether there are any stays
// visible.
func (c Config) redacted() shown {
	c.AccessSecret, c.PrevSecrets = hide(c.AccessSecret), hideAll(c.PrevSecrets)
	c.PrivateKeyFile, c.PublicKeyFile, c.JWKSURL = hideKey(c.PrivateKeyFile), hideKey(c.PublicKeyFile), hideURL(c.JWKSURL)
	return shown(c) // Issuers hide their own
}

func hide(secret string) string {
	if secret == "" {
		return ""
	}
	return hidden
}

func hideAll(secrets []string) (all []string) {
	for range secrets {
		all = append(all, hidden)
	}
	return all
}

// String returns c without its secrets.
func (c Config) String() string { return fmt.Sprintf("%+v", c.redacted()) }

// Format writes c without its secrets, whatever the verb.
func (c Config) Format(s fmt.State, verb rune) {
	_, _ = fmt.Fprintf(s, fmt.FormatString(s, verb), c.redacted())
}

// LogValue is c for slog, without its secrets.
func (c Config) LogValue() slog.Value { return slog.AnyValue(c.redacted()) }

// MarshalJSON writes c without its secrets: a Config is for reading.
func (c Config) MarshalJSON() ([]byte, error) { return json.Marshal(c.redacted()) }

// MarshalYAML is c for encoders of YAML, without its secrets.
func (c Config) MarshalYAML() (any, error) { return c.redacted(), nil }
