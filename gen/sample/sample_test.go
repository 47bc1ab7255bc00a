package sample

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/runtime/auth"
	"github.com/apigen-go/apigen/runtime/server"
)

// The sample names every key there is, in the order of the fields, and no other.
func TestKeys(t *testing.T) {
	for _, c := range []struct {
		name, text string
		key        *regexp.Regexp
		config     reflect.Type
	}{
		{"server.yaml", serverText, regexp.MustCompile(`(?m)^(?:# )?([A-Z]\w*):`), reflect.TypeFor[server.Config]()},
		{"scheme.yaml", schemeText, regexp.MustCompile(`(?m)^  (?:# )?([A-Z]\w*):`), reflect.TypeFor[auth.Config]()},
	} {
		var got, want []string
		for _, m := range c.key.FindAllStringSubmatch(c.text, -1) {
			got = append(got, m[1])
		}
		for i := range c.config.NumField() {
			want = append(want, c.config.Field(i).Tag.Get("yaml"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has the keys\n%q, %v has\n%q", c.name, got, c.config, want)
		}
	}
}

func TestSchemesOfSeveralPackages(t *testing.T) {
	a := &model.Package{Name: "a", Schemes: []*model.Scheme{{Name: "User"}, {Name: "Admin"}}}
	b := &model.Package{Name: "b", Service: model.Service{Name: "shop"}, Schemes: []*model.Scheme{{Name: "User"}}}
	if got := schemes([]*model.Package{a, b}); !slices.Equal(got, []string{"Admin", "User"}) {
		t.Errorf("schemes are %q, want each once", got)
	}
	if got := title([]*model.Package{a, b}); got != "a, shop" {
		t.Errorf("title is %q", got)
	}
	if got := YAML(&model.Package{Name: "c"}); !strings.Contains(got, "\nName: c\n") {
		t.Errorf("without schemes the file is an empty one:\n%s", got)
	}
	if got := JSON(&model.Package{Name: "c"}); got != "{}\n" {
		t.Errorf("without schemes JSON is %q", got)
	}
}
