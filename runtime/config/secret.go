package config

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is text that must not be printed, such as the password of a database.
// It shows itself as [redacted] to fmt, slog and encoders of JSON and YAML; only
// Reveal returns it. As with auth.Config, fmt asks no method of a value in an
// unexported field: keep secrets in exported ones.
type Secret string

// hidden stands for a secret that is not empty.
const hidden = "[redacted]"

// Reveal returns the secret.
func (s Secret) Reveal() string { return string(s) }

// String returns [redacted], or nothing for an empty secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// Format writes what String returns, whatever the verb.
func (s Secret) Format(w fmt.State, verb rune) {
	if verb == 'q' || verb == 'v' && w.Flag('#') {
		_, _ = fmt.Fprintf(w, "%q", s.String())
		return
	}
	_, _ = io.WriteString(w, s.String())
}

// LogValue is what String returns, for slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText writes what String returns, for encoders of JSON and YAML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalYAML is what String returns, for encoders of YAML.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }
