package auth

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Named is a Config and the name of its scheme.
type Named struct {
	Name   string
	Config Config
}

// ValidateSchemes reports everything that is wrong with the schemes of a service
// at once: what Config.Validate finds, behind the scheme's name, and what
// CheckDisjoint finds.
func ValidateSchemes(schemes ...Named) error {
	var errs []error
	for _, s := range schemes {
		for _, err := range leaves(s.Config.Validate()) {
			errs = append(errs, fmt.Errorf("%s.%w", s.Name, err))
		}
	}
	return errors.Join(append(errs, CheckDisjoint(schemes...))...)
}

// leaves takes joined errors apart.
func leaves(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, leaves(e)...)
	}
	return all
}

// CheckDisjoint reports the schemes that share a secret: a token of one would
// open the routes of the other. They may when both set Audience and have none in
// common. Entries of the same name are taken for the same scheme.
//
// Generated code does this for the schemes of a package; a program that joins
// packages does it for all of them.
func CheckDisjoint(schemes ...Named) error {
	var errs []error
	for i, a := range schemes {
		for _, b := range schemes[:i] {
			if a.Name == b.Name || !shareSecret(a.Config, b.Config) {
				continue
			}
			if !disjointAudiences(a.Config.Audience, b.Config.Audience) { //check:disjoint
				errs = append(errs, fmt.Errorf("%s and %s share a secret, so a token of one would open the routes of the other: "+
					"give each a secret of its own, or both an Audience that the other does not have", b.Name, a.Name))
			}
		}
	}
	return errors.Join(errs...)
}

func shareSecret(a, b Config) bool {
	for _, secret := range a.secrets() {
		key := effectiveKey(secret)
		if key != "" && slices.ContainsFunc(b.secrets(), func(s string) bool { return effectiveKey(s) == key }) {
			return true
		}
	}
	return false
}

// effectiveKey drops what HMAC adds by itself: keys that differ in zero bytes at
// their end alone are one key.
func effectiveKey(secret string) string { return strings.TrimRight(secret, "\x00") }

func disjointAudiences(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 &&
		!slices.ContainsFunc(a, func(id string) bool { return slices.Contains(b, id) })
}
