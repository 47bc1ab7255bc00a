package config

import (
	"encoding/json"
	"strconv"
)

const (
	// maxDepth bounds how deep lists and keys may nest.
	maxDepth = 64
	// maxNodes bounds how many values there are, also those that aliases stand for.
	maxNodes = 100_000

	tooDeep = "nested deeper than %d: that is no configuration"
	tooMany = "the file has more than %d values, each counted as often as an alias stands for it: that is no configuration"
)

// node is a value of a file: what YAML and JSON have in common.
type node struct {
	place
	kind  kind
	text  string // of a scalar
	items []*node
	pairs []*pair
	byKey map[string]*pair // what find has seen of pairs
	// expanded tells that the text came from the environment, which has no types:
	// it fits every field that can read it.
	expanded bool
	// wrong tells that a mistake in the value has been told already.
	wrong bool
}

// place is where a value stands.
type place struct {
	line, column int
	variable     string // the environment variable that holds it instead
}

type pair struct {
	place // of the key
	key   string
	value *node
}

// kind is the type of a value as the file writes it.
type kind int

const (
	null kind = iota
	text
	number
	boolean
	list
	object
)

// String describes a kind for people.
func (k kind) String() string {
	return [...]string{"nothing", "text", "a number", "true or false", "a list", "keys with values"}[k]
}

// got describes n for people, with the one text that is as good as none.
func (n *node) got() string {
	if n.kind == text && n.text == "" {
		return "empty text"
	}
	return n.kind.String()
}

func (n *node) isScalar() bool { return n.kind == text || n.kind == number || n.kind == boolean }

// find returns the pair with a key.
func (n *node) find(key string) *pair {
	if n.byKey == nil {
		n.byKey = map[string]*pair{}
	}
	for _, p := range n.pairs[len(n.byKey):] {
		n.byKey[p.key] = p
	}
	return n.byKey[key]
}

// appendJSON writes n as JSON, for types that read nothing else.
func (n *node) appendJSON(b []byte) []byte {
	switch n.kind {
	case text:
		return appendQuoted(b, n.text)
	case number, boolean:
		if json.Valid([]byte(n.text)) {
			return append(b, n.text...)
		}
		return appendQuoted(b, n.text) // such as 0x1F or .inf, which JSON has not
	case list:
		b = append(b, '[')
		for i, item := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.appendJSON(b)
		}
		return append(b, ']')
	case object:
		b = append(b, '{')
		for i, p := range n.pairs {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(b, p.key), ':')
			b = p.value.appendJSON(b)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func appendQuoted(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil { // a string always can
		return append(b, strconv.Quote(s)...)
	}
	return append(b, quoted...)
}

// any returns n as encoding/json would hold it, with integers as int64 where
// they fit.
func (n *node) any() any {
	switch n.kind {
	case text:
		return n.text
	case boolean:
		return n.text == "true"
	case number:
		if i, err := strconv.ParseInt(n.text, 10, 64); err == nil {
			return i
		}
		if f, err := strconv.ParseFloat(n.text, 64); err == nil {
			return f
		}
		return n.text // a form of YAML alone, such as 0x1F
	case list:
		items := make([]any, len(n.items))
		for i, item := range n.items {
			items[i] = item.any()
		}
		return items
	case object:
		members := make(map[string]any, len(n.pairs))
		for _, p := range n.pairs {
			members[p.key] = p.value.any()
		}
		return members
	}
	return nil
}
