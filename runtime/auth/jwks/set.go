package jwks

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Set is a set of keys. It does not change, and is safe for concurrent use.
type Set struct {
	keys    []*Key
	byID    map[string][]*Key // the one of that id, then those that may have any
	unnamed map[string][]*Key // by algorithm: those without an id of their own
	any     map[string][]*Key // by algorithm
}

// maxTries bounds how many keys one token is tried with: nobody has proved
// anything yet, and each costs.
const maxTries = 4

// NewSet returns a set of keys. The same key twice counts once. It fails when two
// keys have one id (RFC 7517 section 4.5), when a key is there with two algorithms
// (RFC 8725 section 3.1), and when more than 4 keys of an algorithm have no id.
func NewSet(keys ...*Key) (*Set, error) {
	s := &Set{byID: make(map[string][]*Key), unnamed: make(map[string][]*Key), any: make(map[string][]*Key)}
	algs := make(map[string]string) // by thumbprint
	for _, k := range keys {
		if other := s.byID[k.id]; other != nil {
			if other[0].thumb == k.thumb && other[0].alg.name == k.alg.name {
				continue
			}
			return nil, errSameID
		}
		if alg, ok := algs[k.thumb]; ok && alg != k.alg.name { //check:set-two-algorithms
			return nil, fmt.Errorf("expected each key with one algorithm, got one with both %s and %s", alg, k.alg.name)
		}
		algs[k.thumb] = k.alg.name
		s.add(k)
	}
	for alg, keys := range s.unnamed {
		if len(keys) > maxTries { //check:set-unnamed
			return nil, fmt.Errorf("expected at most %d keys for %s without an id, got %d: give them as a JWK set with kid",
				maxTries, alg, len(keys))
		}
	}
	for id, found := range s.byID {
		if k := found[0]; k.named {
			s.byID[id] = append(found, s.unnamed[k.alg.name]...)
		}
	}
	return s, nil
}

var errSameID = errors.New("expected key ids (kid) that differ, got one twice")

func (s *Set) add(k *Key) {
	s.keys = append(s.keys, k)
	s.byID[k.id] = []*Key{k}
	s.any[k.alg.name] = append(s.any[k.alg.name], k)
	if !k.named {
		s.unnamed[k.alg.name] = append(s.unnamed[k.alg.name], k)
	}
}

// Keys returns the keys in their order.
func (s *Set) Keys() []*Key { return slices.Clone(s.keys) }

// Has reports whether a key of s has the id.
func (s *Set) Has(id string) bool { return len(s.byID[id]) > 0 }

// AllNamed reports whether every key has been given an id, so that one which is
// not there means no key of s.
func (s *Set) AllNamed() bool { return len(s.unnamed) == 0 }

// Candidates returns the keys that a token with this kid and alg may be signed
// with: the one of that id, then those of the algorithm that have no id of their
// own, as the key that had the id before may be there; and without kid all of the
// algorithm, if they are at most 4. The result is not to be changed.
func (s *Set) Candidates(id, alg string) []*Key {
	alg = Canonical(alg)
	if id == "" {
		if all := s.any[alg]; len(all) <= maxTries { //check:tries
			return all
		}
		return nil
	}
	found := s.byID[id]
	if found == nil || found[0].named && found[0].alg.name != alg {
		return s.unnamed[alg]
	}
	if found[0].alg.name != alg { //check:candidate-algorithm
		return nil
	}
	return found
}

// MarshalJSON writes a JWK set (RFC 7517 section 5) of the public halves.
func (s *Set) MarshalJSON() ([]byte, error) {
	set := struct {
		Keys []*Key `json:"keys"`
	}{s.keys}
	if set.Keys == nil {
		set.Keys = []*Key{}
	}
	return json.Marshal(set)
}
