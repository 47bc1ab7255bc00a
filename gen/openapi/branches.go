package openapi

import (
	"cmp"
	"slices"
)

// typeBranches repeats the type of a schema in the alternatives and additions
// inside it. To a validator it says nothing new; makers of clients look at each
// of them alone, and make one without a type any value at all.
func typeBranches(s *schema) {
	whole := s
	if s.variant != nil {
		whole = s.variant.schema
	}
	for _, list := range [][]*schema{s.AnyOf, s.AllOf} {
		for _, branch := range list {
			if branch.variant == nil && len(branch.Type) == 0 {
				branch.Type, branch.Encoding = slices.Clone(whole.Type), cmp.Or(branch.Encoding, whole.Encoding)
			}
		}
	}
}
