package openapi

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"

	"github.com/apigen-go/apigen/gen/marker"
)

// writeJSON writes a document with indentation.
func writeJSON(doc *document) ([]byte, error) {
	var out bytes.Buffer
	if err := json.MarshalWrite(&out, doc, jsontext.WithIndent("  ")); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// writeYAML writes a document as YAML, under the comment that marks it.
func writeYAML(doc *document) ([]byte, error) {
	doc.Marker = "" // the comment says it
	var b, out bytes.Buffer
	if err := json.MarshalWrite(&b, doc); err != nil {
		return nil, err
	}
	node, err := yamlNode(jsontext.NewDecoder(&b))
	if err != nil {
		return nil, err
	}
	out.WriteString("#" + strings.TrimPrefix(marker.Line, "//") + "\n")
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(node); err != nil {
		return nil, err
	}
	if err := enc.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// yamlNode turns the next JSON value into YAML, members in their order.
func yamlNode(dec *jsontext.Decoder) (*yaml.Node, error) {
	tok, err := dec.ReadToken()
	if err != nil {
		return nil, err
	}
	switch tok.Kind() {
	case '{', '[':
		return yamlNodes(dec, tok.Kind())
	case '"':
		return yamlString(tok.String()), nil
	case 'n':
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: tok.String()}, nil // a number or a bool
}

// yamlNodes reads up to the end of an object or an array; names are values too.
func yamlNodes(dec *jsontext.Decoder, kind jsontext.Kind) (*yaml.Node, error) {
	node := &yaml.Node{Kind: yaml.MappingNode}
	if kind == '[' {
		node.Kind = yaml.SequenceNode
	}
	for dec.PeekKind() != '}' && dec.PeekKind() != ']' {
		inner, err := yamlNode(dec)
		if err != nil {
			return nil, err
		}
		node.Content = append(node.Content, inner)
	}
	if len(node.Content) == 0 || scalars(node) {
		node.Style = yaml.FlowStyle
	}
	_, err := dec.ReadToken()
	return node, err
}

// scalars reports whether a node is a short list of plain values, which reads
// better on one line.
func scalars(n *yaml.Node) bool {
	if n.Kind != yaml.SequenceNode {
		return false
	}
	width := 0
	for _, c := range n.Content {
		if c.Kind != yaml.ScalarNode || c.Style == yaml.LiteralStyle {
			return false
		}
		width += len(c.Value) + 2
	}
	return width < 80
}

// yamlString writes text so that every reader takes it for text: quoted where
// it looks like something else, literal where it has lines, and with escapes
// where it has characters that YAML takes for ends of lines or refuses.
func yamlString(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }):
		n.Style = yaml.DoubleQuotedStyle
	case strings.Contains(s, "\n"):
		n.Style = yaml.LiteralStyle
		if strings.TrimSpace(s) != s || strings.Contains(s, " \n") {
			n.Style = yaml.DoubleQuotedStyle
		}
	case looksTyped(s):
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// looksTyped reports texts that some reader of YAML takes for another type: the
// encoder knows those of its own version, which leaves 1.1 and dates.
func looksTyped(s string) bool {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "":
		return true
	}
	return s[0] >= '0' && s[0] <= '9' || strings.ContainsRune("+-.", rune(s[0])) || s == "=" || s == "<<"
}
