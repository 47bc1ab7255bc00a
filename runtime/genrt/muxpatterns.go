package genrt

import (
	"net/http"
	"reflect"
	"slices"
)

// registered returns the patterns of mux. A mux does not tell them, and panics
// at the first conflict with whatever came before already added, so they are
// read from its index by reflection. Where net/http looks different the result
// is empty: conflicts are still reported then, only later.
func registered(mux *http.ServeMux) (patterns []string) {
	defer func() {
		if recover() != nil {
			patterns = nil
		}
	}()
	index := reflect.ValueOf(mux).Elem().FieldByName("index")
	seen := make(map[string]bool)
	collect := func(list reflect.Value) {
		for i := range list.Len() {
			seen[list.Index(i).Elem().FieldByName("str").String()] = true
		}
	}
	collect(index.FieldByName("multis"))
	for it := index.FieldByName("segments").MapRange(); it.Next(); {
		collect(it.Value())
	}
	for pattern := range seen {
		patterns = append(patterns, pattern)
	}
	slices.Sort(patterns)
	return patterns
}
