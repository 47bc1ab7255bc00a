package query

import (
	"net/url"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		query string
		want  []Pair
		wrong bool
	}{
		{"", nil, false},
		{"a=1&b=2", []Pair{{"a", "1"}, {"b", "2"}}, false},
		{"a=1&a=2", []Pair{{"a", "1"}, {"a", "2"}}, false},
		{"&&a&", []Pair{{"a", ""}}, false},
		{"a=", []Pair{{"a", ""}}, false},
		{"=v", []Pair{{"", "v"}}, false},
		{"a=b=c", []Pair{{"a", "b=c"}}, false},
		{"a+b=%26%3d", []Pair{{"a b", "&="}}, false},
		{"a%5B%5D=1&a[]=2", []Pair{{"a[]", "1"}, {"a[]", "2"}}, false},
		{"a=%3B", []Pair{{"a", ";"}}, false},
		{"a=1;b=2", nil, true},
		{"a=1&;", nil, true},
		{"a=%", nil, true},
		{"a=%2", nil, true},
		{"a=%zz", nil, true},
		{"%zz=a", nil, true},
		{strings.Repeat("a&", Limit-1), nil, false},
		{strings.Repeat("a&", Limit), nil, true},
	}
	for _, tt := range tests {
		got, wrong := parse(nil, tt.query)
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

// FuzzParse compares with net/url, whose ParseQuery is strict when its
// error is heeded.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "a=1&b=2", "a;b", "%zz", "a=%20+&=&&x", "a[]=1&a%5b%5D=2", "=", "\xff=%ff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		want, err := url.ParseQuery(query)
		pairs, wrong := parse(nil, query)
		if (err != nil) != (wrong != "") {
			t.Fatalf("%q: net/url says %v, this says %q", query, err, wrong)
		}
		if err != nil {
			return
		}
		got := make(url.Values)
		for _, p := range pairs {
			got[p.Name] = append(got[p.Name], p.Value)
		}
		if got.Encode() != want.Encode() {
			t.Fatalf("%q = %v, want %v", query, got, want)
		}
	})
}

// What can be decoded and is no text cannot be answered in JSON.
func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"a=1":       "",
		"a=%C3%A4":  "",
		"a=%ff":     "the query is not valid UTF-8",
		"%ff=a":     "the query is not valid UTF-8",
		"a=%ff&b=%": "the query is not valid: it has a bad percent-encoding",
	} {
		pairs, wrong := Read([]Pair{{"x", "\xff"}}, text)
		if wrong != want || pairs[0].Name != "x" {
			t.Errorf("%q: got %q %q, want %q", text, pairs, wrong, want)
		}
	}
}
