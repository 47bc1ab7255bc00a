// Package verdict holds the server that apigen generates against the document
// that it generates: for any request both must say the same, and what the
// server answers must be in the document.
package verdict

import (
	"fmt"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// object is a part of a document.
type object = map[string]any

// document is an OpenAPI document as data.
type document struct {
	text []byte
	root object
}

func parseDocument(text []byte) (*document, error) {
	d := &document{text: text}
	if err := yaml.Unmarshal(text, &d.root); err != nil {
		return nil, err
	}
	return d, nil
}

// operation is one route of a document.
type operation struct {
	method, path string
	params       []object
	body         object // the schema of JSON, nil without a body
	bodyRequired bool
	secured      []string // names of the schemes of its first alternative
}

func (o *operation) String() string { return o.method + " " + o.path }

// operations lists the routes in the order of their paths.
func (d *document) operations() []*operation {
	var out []*operation
	paths := d.root["paths"].(object)
	for path, item := range paths {
		for method, op := range item.(object) {
			out = append(out, d.operation(strings.ToUpper(method), path, op.(object)))
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].String() < out[j].String() })
	return out
}

func (d *document) operation(method, path string, op object) *operation {
	o := &operation{method: method, path: path}
	params, _ := op["parameters"].([]any)
	for _, p := range params {
		o.params = append(o.params, p.(object))
	}
	if body, ok := op["requestBody"].(object); ok {
		o.bodyRequired, _ = body["required"].(bool)
		o.body = body["content"].(object)["application/json"].(object)["schema"].(object)
	}
	if list, _ := op["security"].([]any); len(list) > 0 {
		for name := range list[0].(object) {
			o.secured = append(o.secured, name)
		}
	}
	return o
}

// resolve follows the reference of a schema. What stands beside it counts as
// well, in front of what it leads to.
func (d *document) resolve(s object) object {
	ref, ok := s["$ref"].(string)
	if !ok {
		return s
	}
	var at any = d.root
	for _, part := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		at = at.(object)[part]
	}
	target, ok := at.(object)
	if !ok {
		panic(fmt.Sprintf("%s leads nowhere", ref))
	}
	merged := object{}
	for k, v := range d.resolve(target) {
		merged[k] = v
	}
	for k, v := range s {
		if k != "$ref" {
			merged[k] = v
		}
	}
	return merged
}
