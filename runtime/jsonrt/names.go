package jsonrt

import (
	"bytes"
	"hash/maphash"
	"slices"
)

const (
	// fewNames are compared one by one; an object with more has them in the table.
	fewNames = 8
	// keepNames bounds the names a set keeps room for when it starts over.
	keepNames = 1024
)

// nameSet holds the names of the objects that are being read, for finding
// duplicates. The names of inner objects lie on top of those of outer ones and
// go when their object is left.
//
// The table is open-addressed with linear probing. Names leave it in the reverse
// of the order they came in, so that freeing their slots is all it takes, and
// every name costs constant time however many there are. The hash is seeded at
// random: colliding names cannot be prepared.
type nameSet struct {
	list  []name
	slots []uint32 // index into list plus 1; 0 is free
	used  int
}

// name is a member's name, found again by its position in the text.
type name struct {
	pos   int
	first int // where the names of its object begin, once it is in the table
	hash  uint32
	slot  int32 // in the table, -1 for none
}

var hashSeed = maphash.MakeSeed()

func (s *nameSet) size() int { return len(s.list) }

func (s *nameSet) reset() {
	s.truncate(0)
	if cap(s.list) > keepNames {
		*s = nameSet{}
	}
}

// truncate drops all names from the one at index n on.
func (s *nameSet) truncate(n int) {
	for i := len(s.list) - 1; i >= n; i-- {
		if slot := s.list[i].slot; slot >= 0 {
			s.slots[slot] = 0
			s.used--
		}
	}
	s.list = s.list[:n]
}

// add adds the name that stands, with its quotes, at pos of text to the object
// whose names begin at first. It returns false when it is there already.
func (s *nameSet) add(text, unescaped []byte, pos, first int) bool {
	h := uint32(maphash.Bytes(hashSeed, unescaped))
	if n := len(s.list) - first; n < fewNames {
		for _, have := range s.list[first:] {
			if have.hash == h && sameName(text, have.pos, unescaped) {
				return false
			}
		}
		s.push(name{pos: pos, hash: h, slot: -1})
		return true
	} else if n == fewNames {
		for i := first; i < len(s.list); i++ {
			s.index(i, first)
		}
	}
	for slot := s.start(h, first); len(s.slots) > 0 && s.slots[slot] != 0; slot = (slot + 1) & s.mask() {
		i := int(s.slots[slot] - 1)
		if i >= first && s.list[i].hash == h && sameName(text, s.list[i].pos, unescaped) {
			return false
		}
	}
	s.push(name{pos: pos, hash: h, slot: -1})
	s.index(len(s.list)-1, first)
	return true
}

// push doubles the room: append's smaller steps would copy a long list more often.
func (s *nameSet) push(n name) {
	if len(s.list) == cap(s.list) {
		s.list = slices.Grow(s.list, max(fewNames, len(s.list)))
	}
	s.list = append(s.list, n)
}

func (s *nameSet) mask() uint32 { return uint32(len(s.slots) - 1) }

// start is the slot where the search for a hash begins. The same names in
// objects within each other are spread.
func (s *nameSet) start(hash uint32, first int) uint32 {
	return (hash ^ uint32(first)*0x9E3779B1) & s.mask()
}

// index enters the name at i of the list into the table.
func (s *nameSet) index(i, first int) {
	if s.used*2 >= len(s.slots) {
		s.grow()
	}
	s.place(i, first)
}

func (s *nameSet) place(i, first int) {
	slot := s.start(s.list[i].hash, first)
	for s.slots[slot] != 0 {
		slot = (slot + 1) & s.mask()
	}
	s.slots[slot] = uint32(i + 1)
	s.list[i].slot, s.list[i].first = int32(slot), first
	s.used++
}

// grow enters all names anew, in the order of the list: that is the order they
// came in, and they will leave in its reverse.
func (s *nameSet) grow() {
	s.slots = make([]uint32, max(64, 2*len(s.slots)))
	s.used = 0
	for i := range s.list {
		if s.list[i].slot >= 0 {
			s.place(i, s.list[i].first)
		}
	}
}

// sameName reports whether the name that stands at pos of text is the one given.
func sameName(text []byte, pos int, unescaped []byte) bool {
	end, escaped, _ := scanString(text, pos+1)
	have := text[pos+1 : end]
	if escaped {
		have = appendUnescaped(nil, have)
	}
	return bytes.Equal(have, unescaped)
}
