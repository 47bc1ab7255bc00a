package gogen

import (
	"slices"

	"github.com/apigen-go/apigen/gen/model"
)

// readable lists the fields that requests are read into, all but readonly ones.
func readable(fields []*model.Field) []*model.Field {
	return without(fields, func(f *model.Field) bool { return f.ReadOnly })
}

// writable lists the fields that answers are written from, all but writeonly
// ones.
func writable(fields []*model.Field) []*model.Field {
	return without(fields, func(f *model.Field) bool { return f.WriteOnly })
}

func without(fields []*model.Field, skip func(*model.Field) bool) []*model.Field {
	if !slices.ContainsFunc(fields, skip) {
		return fields
	}
	return slices.DeleteFunc(slices.Clone(fields), skip)
}
