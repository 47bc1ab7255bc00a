package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/apigen-go/apigen/runtime/auth"
)

// runToken prints a token that the service with the given configuration
// accepts, and nothing else.
func runToken(ctx context.Context, a *app) int {
	switch {
	case len(a.words) > 0:
		return a.usageError("token takes no arguments, got %q", a.words[0])
	case a.token.config == "":
		return a.usageError("token needs -config: the JSON file that the service reads its configuration from")
	}
	c, err := readConfig(a.token.config, a.token.scheme)
	if err != nil {
		return a.fail(err)
	}
	token, err := mint(ctx, c, a.token)
	if err != nil {
		return a.fail(err)
	}
	fmt.Fprintln(a.out, token)
	return exitOK
}

func mint(ctx context.Context, c auth.Config, f tokenFlags) (string, error) {
	if f.ttl != 0 {
		c.AccessExpire = auth.Seconds(f.ttl / time.Second)
	}
	issuer, err := auth.NewIssuer[claims](c)
	if err != nil {
		return "", fmt.Errorf("%s: scheme %s: %w", f.config, f.scheme, err)
	}
	set, err := f.claims.set()
	if err != nil {
		return "", err
	}
	token, _, err := issuer.Access(ctx, set)
	return token, err
}

// readConfig reads the configuration of one scheme; a dot in its name leads
// into a member.
func readConfig(file, scheme string) (c auth.Config, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return c, err
	}
	raw := json.RawMessage(text)
	for name := range strings.SplitSeq(scheme, ".") {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(raw, &members); err != nil {
			return c, fmt.Errorf("%s: expected a JSON object with a member %s: %s", file, scheme, withoutText(err))
		}
		next, ok := members[name]
		if !ok {
			return c, fmt.Errorf("%s has no member %s; name the scheme with -scheme", file, scheme)
		}
		raw = next
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return c, fmt.Errorf("%s: %s: %s", file, scheme, withoutText(err))
	}
	return c, nil
}

// withoutText says what is wrong with JSON without quoting it: it holds
// secrets.
func withoutText(err error) string {
	if e := (*json.SyntaxError)(nil); errors.As(err, &e) {
		return fmt.Sprintf("not JSON at byte %d", e.Offset)
	}
	if e := (*json.UnmarshalTypeError)(nil); errors.As(err, &e) {
		return fmt.Sprintf("%s cannot be a %s", e.Field, e.Value)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return "the JSON ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// claims are the claims of a token, those of the application by name.
type claims struct {
	auth.Claims
	Own map[string]jsontext.Value `json:",embed"`
}
