package genrt

import (
	"net/url"
	"strings"
	"testing"
)

func TestParseQuery(t *testing.T) {
	tests := []struct {
		query string
		want  []pair
		wrong bool
	}{
		{"", nil, false},
		{"a=1&b=2", []pair{{"a", "1"}, {"b", "2"}}, false},
		{"a=1&a=2", []pair{{"a", "1"}, {"a", "2"}}, false},
		{"&&a&", []pair{{"a", ""}}, false},
		{"a=", []pair{{"a", ""}}, false},
		{"=v", []pair{{"", "v"}}, false},
		{"a=b=c", []pair{{"a", "b=c"}}, false},
		{"a+b=%26%3d", []pair{{"a b", "&="}}, false},
		{"a%5B%5D=1&a[]=2", []pair{{"a[]", "1"}, {"a[]", "2"}}, false},
		{"a=%3B", []pair{{"a", ";"}}, false},
		{"a=1;b=2", nil, true},
		{"a=1&;", nil, true},
		{"a=%", nil, true},
		{"a=%2", nil, true},
		{"a=%zz", nil, true},
		{"%zz=a", nil, true},
		{strings.Repeat("a&", maxParameters-1), nil, false},
		{strings.Repeat("a&", maxParameters), nil, true},
	}
	for _, tt := range tests {
		got, wrong := parseQuery(nil, tt.query)
		if (wrong != "") != tt.wrong {
			t.Errorf("%.40q: wrong = %q, want %v", tt.query, wrong, tt.wrong)
		}
		if tt.want == nil {
			continue
		}
		if len(got) != len(tt.want) {
			t.Errorf("%q = %q, want %q", tt.query, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%q = %q, want %q", tt.query, got, tt.want)
			}
		}
	}
}

// FuzzParseQuery compares with net/url, whose ParseQuery is strict when its
// error is heeded.
func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{"", "a=1&b=2", "a;b", "%zz", "a=%20+&=&&x", "a[]=1&a%5b%5D=2", "=", "\xff=%ff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		want, err := url.ParseQuery(query)
		pairs, wrong := parseQuery(nil, query)
		if (err != nil) != (wrong != "") {
			t.Fatalf("%q: net/url says %v, this says %q", query, err, wrong)
		}
		if err != nil {
			return
		}
		got := make(url.Values)
		for _, p := range pairs {
			got[p.name] = append(got[p.name], p.value)
		}
		if got.Encode() != want.Encode() {
			t.Fatalf("%q = %v, want %v", query, got, want)
		}
	})
}
