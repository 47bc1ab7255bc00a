package build

import (
	"slices"
	"testing"
	"time"

	"github.com/apigen-go/apigen/gen/model"
)

func TestErrorCode(t *testing.T) {
	for name, want := range map[string]string{
		"ErrNotFound":    "not_found",
		"ErrHTTPFailure": "http_failure",
		"NotFoundError":  "not_found",
		"ConflictError":  "conflict",
		"Erratic":        "erratic",
		"Error":          "error",
		"ErrUserID":      "user_id",
		"errTooLate":     "too_late",
		"err":            "err",
		"ErrV2Gone":      "v2_gone",
	} {
		if got := errorCode(name); got != want {
			t.Errorf("errorCode(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestImportable(t *testing.T) {
	for _, c := range []struct {
		path, from string
		want       bool
	}{
		{"example.com/a/internal/b", "example.com/a/c", true},
		{"example.com/a/internal/b", "example.com/a", true},
		{"example.com/a/internal", "example.com/a/x/y", true},
		{"example.com/a/internal/b", "example.com/ab", false},
		{"example.com/a/internal/b", "other.org/a", false},
		{"example.com/a/internals/b", "other.org/a", true},
		{"internal/abi", "example.com/a", false},
		{"net/internal/socktest", "example.com/a", false},
		{"example.com/internal/a/internal/b", "example.com/internal/a/c", true},
		{"example.com/internal/a/internal/b", "example.com/c", false},
	} {
		if got := importable(c.path, c.from); got != c.want {
			t.Errorf("importable(%q, %q) = %v, want %v", c.path, c.from, got, c.want)
		}
	}
}

func TestCut(t *testing.T) {
	got := cut("map[string]*\x00example.com/a\x01.T[\x00time\x01.Time, int]")
	want := model.Expr{
		{Text: "map[string]*"}, {Pkg: "example.com/a", Text: "T"}, {Text: "["}, {Pkg: "time", Text: "Time"}, {Text: ", int]"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNumberLiteral(t *testing.T) {
	for _, c := range []struct {
		kind model.Kind
		in   string
		want string
		ok   bool
	}{
		{model.Int8, "127", "127", true},
		{model.Int8, "128", "", false},
		{model.Int8, "-128", "-128", true},
		{model.Int, "+5", "", false},
		{model.Int, "1.5", "", false},
		{model.Uint, "-1", "", false},
		{model.Uint64, "18446744073709551615", "18446744073709551615", true},
		{model.Float64, "2.50", "2.5", true},
		{model.Float64, "NaN", "", false},
		{model.Float64, "1e400", "", false},
		{model.Float32, "1e39", "", false},
	} {
		got, ok := numberLiteral(c.kind, c.in)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("numberLiteral(%s, %q) = %q, %v; want %q, %v", c.kind, c.in, got, ok, c.want, c.ok)
		}
	}
}

func TestDurationExpr(t *testing.T) {
	b := &builder{pkgNames: map[string]string{}}
	for d, want := range map[time.Duration]string{
		90 * time.Second:        "90 * Second",
		2 * time.Hour:           "2 * Hour",
		1500 * time.Millisecond: "1500 * Millisecond",
		-time.Minute:            "-1 * Minute",
		7:                       "7 * Nanosecond",
	} {
		got := ""
		for _, p := range b.durationExpr(d) {
			got += p.Text
		}
		if got != want {
			t.Errorf("durationExpr(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestBrokenRule(t *testing.T) {
	rules := []model.Rule{
		{Name: "min", Of: "runes", Param: "2", Detail: "short"},
		{Name: "max", Of: "runes", Param: "3", Detail: "long"},
	}
	for text, want := range map[string]string{"a": "short", "ab": "", "äöü": "", "abcd": "long"} {
		_, v, _ := (&builder{}).scalarLiteral(&model.Type{Kind: model.String}, text)
		if got := brokenRule(rules, v); got != want {
			t.Errorf("%q breaks %q, want %q", text, got, want)
		}
	}
	skip := append([]model.Rule{{Name: "omitempty"}}, rules...)
	if got := brokenRule(skip, sample{}); got != "" {
		t.Errorf("an empty value with omitempty breaks %q", got)
	}
}

func TestDeprecation(t *testing.T) {
	if got := deprecation("Old does it.\n\nDeprecated: use\nNew."); got != "use New." {
		t.Errorf("got %q", got)
	}
	if got := deprecation("Not Deprecated: this is prose."); got != "" {
		t.Errorf("got %q", got)
	}
}
