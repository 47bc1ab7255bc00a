package auth

import (
	"errors"
	"fmt"
	"slices"
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

// CheckDisjoint reports the schemes that share a secret, a key, the file of one or
// the place where keys are published: a token of one would open the routes of the
// other. They may when both set Audience and have none in common. Entries of the
// same name are taken for the same scheme.
//
// Generated code does this for the schemes of a package; a program that joins
// packages does it for all of them.
func CheckDisjoint(schemes ...Named) error {
	var errs []error
	for i, a := range schemes {
		for _, b := range schemes[:i] {
			if a.Name == b.Name {
				continue
			}
			if shared := overlap(a.Config, b.Config); shared != "" { //check:disjoint
				errs = append(errs, fmt.Errorf("%s and %s share %s, so a token of one would open the routes of the other: "+
					"give each its own, or both an Audience that the other does not have", b.Name, a.Name, shared))
			}
		}
	}
	return errors.Join(errs...)
}

// overlap names what two schemes share without audiences to tell their tokens
// apart.
func overlap(a, b Config) string {
	for _, s := range a.sources() {
		for _, t := range b.sources() {
			if shared := s.shares(t); shared != "" && !disjointAudiences(s.audience, t.audience) { //check:disjoint-audiences
				return shared
			}
		}
	}
	return ""
}

func disjointAudiences(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 &&
		!slices.ContainsFunc(a, func(id string) bool { return slices.Contains(b, id) })
}
