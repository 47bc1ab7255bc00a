package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlReader turns a tree of YAML nodes into our own, without aliases.
type yamlReader struct {
	l     *loader
	count int
	open  map[*yaml.Node]bool // anchors around the current node
}

// parseYAML reads the one document of a YAML text. It returns nil after a
// mistake that hides the rest.
func (l *loader) parseYAML(text []byte) *node {
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		l.empty()
		return nil
	} else if err != nil {
		l.yamlSyntax(text, err)
		return nil
	}
	if err := dec.Decode(&more); err == nil {
		l.addAt(place{line: more.Line, column: more.Column}, "", "a second document begins: a configuration is one, remove --- and what follows")
		return nil
	} else if !errors.Is(err, io.EOF) {
		l.yamlSyntax(text, err)
		return nil
	}
	r := &yamlReader{l: l, open: map[*yaml.Node]bool{}}
	n, err := r.value(doc.Content[0], "", 0)
	if err != nil {
		l.problems = append(l.problems, err)
		return nil
	}
	return n
}

func (r *yamlReader) mistake(n *yaml.Node, path, format string, args ...any) *Error {
	return &Error{File: r.l.file, Line: n.Line, Column: n.Column, Path: path, Message: fmt.Sprintf(format, args...)}
}

// value converts y, which path names.
func (r *yamlReader) value(y *yaml.Node, path string, depth int) (*node, *Error) {
	if r.count++; r.count > maxNodes {
		return nil, r.mistake(y, "", tooMany, maxNodes)
	}
	if depth > maxDepth {
		return nil, r.mistake(y, "", tooDeep, maxDepth)
	}
	if y.Kind == yaml.AliasNode {
		if r.open[y.Alias] {
			return nil, r.mistake(y, path, "the alias stands inside what it is an alias for: write the value out")
		}
		return r.value(y.Alias, path, depth)
	}
	if y.Anchor != "" {
		r.open[y] = true
		defer delete(r.open, y)
	}
	n := &node{place: place{line: y.Line, column: y.Column}}
	switch y.Kind {
	case yaml.ScalarNode:
		return n, r.scalar(n, y, path)
	case yaml.SequenceNode:
		n.kind = list
		for i, item := range y.Content {
			v, err := r.value(item, fmt.Sprintf("%s[%d]", path, i), depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, v)
		}
	case yaml.MappingNode:
		n.kind = object
		if err := r.members(n, y, path, depth); err != nil {
			return nil, err
		}
	}
	if tag := y.ShortTag(); y.Style&yaml.TaggedStyle != 0 && tag != "!!map" && tag != "!!seq" {
		return nil, r.badTag(y, path)
	}
	return n, nil
}

// scalar fills n from a scalar.
func (r *yamlReader) scalar(n *node, y *yaml.Node, path string) *Error {
	n.text = y.Value
	switch y.ShortTag() {
	case "!!null":
		n.kind = null
	case "!!str", "!!timestamp":
		n.kind = text
	case "!!int", "!!float":
		n.kind = number
	case "!!bool":
		n.kind, n.text = boolean, strings.ToLower(y.Value)
	default:
		return r.badTag(y, path)
	}
	return nil
}

func (r *yamlReader) badTag(y *yaml.Node, path string) *Error {
	return r.mistake(y, path, "has a YAML tag that means nothing here: remove it")
}

// members fills n from a mapping. Merged keys (<<) come last: those of the
// mapping itself and earlier ones stand.
func (r *yamlReader) members(n *node, y *yaml.Node, path string, depth int) *Error {
	var merged []*pair
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.ShortTag() == "!!merge" {
			pairs, err := r.merge(value, path, depth)
			if err != nil {
				return err
			}
			merged = append(merged, pairs...)
			continue
		}
		if key.Kind != yaml.ScalarNode || key.ShortTag() != "!!str" {
			return r.mistake(y.Content[i], path, "expected a name before the colon; one that reads as a number, a date, true or false stands in quotes")
		}
		p := &pair{place: place{line: y.Content[i].Line, column: y.Content[i].Column}, key: key.Value}
		v, err := r.value(value, join(path, p.key), depth+1)
		if err != nil {
			return err
		}
		p.value = v
		if old := n.find(p.key); old != nil {
			r.l.addAt(p.place, join(path, p.key), "is given twice, first at %d:%d: remove one", old.line, old.column)
			continue
		}
		n.pairs = append(n.pairs, p)
	}
	for _, p := range merged {
		if n.find(p.key) == nil {
			n.pairs = append(n.pairs, p)
		}
	}
	return nil
}

// merge returns the pairs of a merged mapping, or of a list of them.
func (r *yamlReader) merge(y *yaml.Node, path string, depth int) ([]*pair, *Error) {
	n, err := r.value(y, path, depth+1)
	if err != nil {
		return nil, err
	}
	items := n.items
	if n.kind == object {
		items = []*node{n}
	}
	var pairs []*pair
	for _, item := range items {
		if item.kind != object {
			items = nil
			break
		}
		pairs = append(pairs, item.pairs...)
	}
	if items == nil {
		return nil, r.mistake(y, path, "expected keys with values behind <<, or a list of such")
	}
	return pairs, nil
}
