package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// claimFlags are the values of -claim, in order.
type claimFlags []claimFlag

type claimFlag struct {
	name  string
	value json.RawMessage
}

// String implements [flag.Value].
func (f *claimFlags) String() string { return "" }

// Set reads name=value.
func (f *claimFlags) Set(s string) error {
	name, value, ok := strings.Cut(s, "=")
	if !ok || name == "" {
		return errors.New("expected name=value")
	}
	raw, err := claimValue(value)
	if err != nil {
		return err
	}
	*f = append(*f, claimFlag{name, raw})
	return nil
}

// claimValue is a number, a boolean, an array or an object where the text
// reads as one, and a string otherwise. A quoted text is the string inside.
func claimValue(text string) (json.RawMessage, error) {
	if trimmed := strings.TrimSpace(text); json.Valid([]byte(trimmed)) && trimmed != "null" {
		return json.RawMessage(trimmed), nil
	}
	return json.Marshal(text)
}

// set returns the claims the flags describe.
func (f claimFlags) set() (*claims, error) {
	c := &claims{Own: map[string]jsontext.Value{}}
	seen := map[string]bool{}
	for _, claim := range f {
		if seen[claim.name] {
			return nil, fmt.Errorf("-claim %s is given twice; several values are an array: -claim '%s=[\"a\",\"b\"]'", claim.name, claim.name)
		}
		seen[claim.name] = true
		var err error
		switch claim.name {
		case "sub":
			err = text(claim.value, &c.Subject)
		case "scope":
			err = scopes(claim.value, c)
		case "iss", "aud":
			err = errors.New("is what the configuration says")
		case "exp", "nbf", "iat", "jti":
			err = errors.New("is set when the token is made; -ttl sets how long it is valid")
		default:
			c.Own[claim.name] = jsontext.Value(claim.value)
		}
		if err != nil {
			return nil, fmt.Errorf("-claim %s %w", claim.name, err)
		}
	}
	return c, nil
}

// text takes numbers too: a subject of digits is a string.
func text(raw json.RawMessage, to *string) error {
	if raw[0] == '{' || raw[0] == '[' {
		return errors.New("must be a string")
	}
	if raw[0] != '"' {
		*to = string(raw)
		return nil
	}
	return json.Unmarshal(raw, to)
}

// scopes takes a string with spaces, or an array of strings.
func scopes(raw json.RawMessage, c *claims) error {
	if raw[0] == '[' {
		list := []string(nil)
		if err := json.Unmarshal(raw, &list); err != nil {
			return errors.New("must be a string, or an array of strings")
		}
		c.Scope = list
		return nil
	}
	joined := ""
	if err := text(raw, &joined); err != nil {
		return err
	}
	c.Scope = strings.Fields(joined)
	return nil
}
