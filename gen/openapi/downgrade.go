package openapi

import (
	"slices"
	"strings"
)

// downgrade turns a document of version 3.1 into one of 3.0, whose schemas are
// a dialect of an older draft: it says null in another way, has nothing beside
// $ref, one example, and knows fewer keywords.
func downgrade(doc *document) {
	doc.OpenAPI = "3.0.4"
	if l := doc.Info.License; l != nil {
		if l.Identifier = ""; !strings.ContainsAny(l.Name, " ()/") {
			l.URL = "https://spdx.org/licenses/" + l.Name + ".html"
		}
	}
	doc.eachSchema(downgradeSchema)
	for _, path := range doc.Paths.names {
		item := doc.Paths.values[path]
		for _, method := range item.names {
			downgradeSecurity(item.values[method])
		}
	}
}

// downgradeSecurity takes scopes away: before version 3.1 only OAuth schemes have
// them.
func downgradeSecurity(op *operation) {
	for i := range op.Security {
		for _, name := range op.Security[i].names {
			op.Security[i].set(name, []string{})
		}
	}
}

func downgradeSchema(s *schema) {
	if i := slices.Index(s.Type, "null"); i >= 0 {
		s.Type = slices.Delete(s.Type, i, i+1)
		s.Nullable = true
	}
	if n := len(s.AnyOf); n == 2 && isNull(s.AnyOf[1]) {
		s.Type = typeOf(s.AnyOf[0]) // without which nullable means nothing (OpenAPI 3.0.3, Schema Object)
		s.AllOf, s.AnyOf, s.Nullable = []*schema{s.AnyOf[0]}, nil, len(s.Type) > 0
	}
	if s.Not != nil && isNull(s.Not) {
		s.Not = nil
	}
	if s.Encoding != "" {
		s.Encoding, s.Format = "", "byte"
	}
	if s.Format != "" && len(s.Type) == 0 && s.Ref == "" {
		s.Type = typeSet{"string"}
	}
	if len(s.Examples) > 0 {
		s.Example, s.Examples = s.Examples[0], nil
	}
	s.PropertyNames = nil
	if s.Ref != "" {
		ref := &schema{Ref: s.Ref}
		if s.Ref = ""; !s.isPlain() {
			s.AllOf = append([]*schema{ref}, s.AllOf...)
		} else {
			s.Ref = ref.Ref
		}
	}
}

// typeOf is the type of what a schema takes, nil when it takes any.
func typeOf(s *schema) typeSet {
	switch {
	case len(s.Type) > 0:
		var out typeSet
		for _, name := range s.Type {
			if name != "null" {
				out = append(out, name)
			}
		}
		return out
	case s.variant != nil:
		return typeOf(s.variant.schema)
	case len(s.AnyOf) > 0:
		return typeOf(s.AnyOf[0])
	case len(s.AllOf) > 0:
		return typeOf(s.AllOf[0])
	}
	return nil
}

func isNull(s *schema) bool { return len(s.Type) == 1 && s.Type[0] == "null" }

// isPlain reports whether nothing stands beside the reference of a schema.
func (s *schema) isPlain() bool {
	bare := *s
	bare.variant = nil
	return bare.isEmpty()
}
