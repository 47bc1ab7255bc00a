package jwks

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ParsePublic reads the public keys in text, in one of these forms: PEM blocks
// (RFC 7468) that hold SPKI or PKCS #1 keys or certificates, whose names and dates
// are not looked at; a JWK; a JWK set (RFC 7517). Every key must be usable, but in
// a set those are passed over that are for something else: of an unknown type or
// algorithm, of an algorithm that o does not list, or for encryption.
func ParsePublic(text []byte, o Options) (*Set, error) {
	switch form(text) {
	case formPEM:
		return publicPEM(text, o)
	case formSet:
		return parseSet(text, o, false)
	case formJWK:
		j, err := readJWK(text)
		if err != nil {
			return nil, err
		}
		k, err := j.public(o)
		if err != nil {
			return nil, err
		}
		return NewSet(k)
	default:
		return nil, unreadable(text)
	}
}

// ParsePrivate reads the one private key in text: a PEM block that holds a PKCS #8,
// PKCS #1 or SEC 1 key, or a JWK.
func ParsePrivate(text []byte, o Options) (*Key, error) {
	switch form(text) {
	case formPEM:
		return privatePEM(text, o)
	case formJWK:
		j, err := readJWK(text)
		if err != nil {
			return nil, err
		}
		return j.private(o)
	case formSet:
		return nil, errors.New("expected one private key, got a JWK set")
	default:
		return nil, unreadable(text)
	}
}

// ParseSet reads a JWK set (RFC 7517 section 5) that somebody else publishes. Keys
// that are not for verifying tokens, that are malformed or too weak are passed
// over, as section 5 wants. The whole set is refused when it holds a private or a
// symmetric key, which nobody may publish, an id or a member twice, or no usable
// key.
func ParseSet(text []byte, o Options) (*Set, error) { return parseSet(text, o, true) }

type textForm int

const (
	formUnknown textForm = iota
	formPEM
	formJWK
	formSet
)

func form(text []byte) textForm {
	text = bytes.TrimSpace(text)
	switch {
	case bytes.HasPrefix(text, []byte("{")):
		var set struct {
			Keys jsontext.Value `json:"keys"`
		}
		if err := json.Unmarshal(text, &set); err == nil && set.Keys != nil {
			return formSet
		}
		return formJWK
	case bytes.Contains(text, []byte(blockBegin)):
		return formPEM
	default:
		return formUnknown
	}
}

// unreadable says what text is instead, as far as it can be told.
func unreadable(text []byte) error {
	for _, prefix := range []string{"ssh-", "ecdsa-sha2-", "sk-", "---- BEGIN SSH2"} {
		if bytes.HasPrefix(bytes.TrimSpace(text), []byte(prefix)) {
			return errSSH
		}
	}
	return errNothing
}

// keySkippedError is why a key of a set is passed over.
type keySkippedError struct{ reason string }

func (e *keySkippedError) Error() string { return e.reason }

func skip(format string, args ...any) error { return &keySkippedError{fmt.Sprintf(format, args...)} }

// parseSet reads a set; lenient passes over keys that are malformed or weak too.
func parseSet(text []byte, o Options, lenient bool) (*Set, error) {
	var set struct {
		Keys *[]jsontext.Value `json:"keys"`
	}
	if err := json.Unmarshal(text, &set); err != nil { //check:set-json
		return nil, errors.New("expected a JWK set, which is a JSON object with a list of keys, and no member twice")
	}
	if set.Keys == nil { //check:set-keys
		return nil, errors.New("expected a JWK set, got an object without keys")
	}
	if len(*set.Keys) != 1 {
		o.ID = ""
	}
	keys, passed, err := readKeys(*set.Keys, o, lenient)
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 { //check:set-empty
		return nil, fmt.Errorf("expected a key to verify with, found none in a set of %d%s", len(*set.Keys), reasons(passed))
	}
	return NewSet(keys...)
}

// readKeys returns the usable keys, and why the others are not.
func readKeys(values []jsontext.Value, o Options, lenient bool) (keys []*Key, passed []error, err error) {
	ids := make(map[string]bool)
	for i, v := range values {
		k, err := readKey(v, o, ids)
		switch _, skipped := errors.AsType[*keySkippedError](err); {
		case err == nil:
			keys = append(keys, k)
		case skipped || lenient && !errors.As(err, new(*setRefusedError)):
			passed = append(passed, err)
		default:
			return nil, nil, fmt.Errorf("key %d of the set: %w", i+1, err)
		}
	}
	return keys, passed, nil
}

// setRefusedError is a fault of a key that spoils its set.
type setRefusedError struct{ error }

// readKey reads one key of a set. Whether its id is taken counts for keys that are
// passed over as well: tokens name them too.
func readKey(v jsontext.Value, o Options, ids map[string]bool) (*Key, error) {
	j, err := readJWK(v)
	if err != nil {
		return nil, err
	}
	if j.Type == "oct" || j.K != nil { //check:set-symmetric
		return nil, &setRefusedError{errors.New("expected public keys, got a symmetric one (kty oct)")}
	}
	if j.isPrivate() { //check:set-private
		return nil, &setRefusedError{errPrivate}
	}
	if j.ID != "" && ids[j.ID] { //check:set-same-id
		return nil, &setRefusedError{errSameID}
	}
	ids[j.ID] = true
	return j.public(o)
}

func reasons(passed []error) string {
	var all []string
	for _, err := range passed {
		if text := err.Error(); !slices.Contains(all, text) && len(all) < 3 {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return ": " + strings.Join(all, "; ")
}

// key makes a key whose JWK, if it has one, declares alg and id.
func (o Options) key(key any, alg, id string) (*Key, error) {
	_, ofRSA := isRSA(key)
	alg, err := o.algorithmOf(alg, ofRSA)
	if err != nil {
		return nil, err
	}
	if id == "" {
		id = o.ID
	}
	k, err := New(key, alg, id)
	if err != nil {
		return nil, err
	}
	if !o.allows(k.alg.name) { //check:allowed
		return nil, skip("expected a key for one of %v, got one for %s", o.Algorithms, k.alg.name)
	}
	return k, nil
}
