package annotate

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseRules(t *testing.T) {
	tests := []struct{ value, want string }{
		{"", ""},
		{"required", "required"},
		{"required,min=3,max=64", "required min(3) max(64)"},
		{"oneof=a b 'c d'", "oneof(a b 'c d')"},
		{"oneof=a0x2Cb 0x7C", "oneof(a,b |)"},
		{"email|url,max=3", "email |url max(3)"},
		{"a=b=c", "a(b=c)"},
		{"required,,min=3", "required !an empty rule min(3)"},
		{"required,", "required !an empty rule"},
		{"=3", "(3)!a parameter without a rule"},
		{"min=", "min()!a rule with an empty parameter"},
		{"min=3, max=4", "min(3) max(4)!space around a rule"},
		{"min= 3", "min( 3)!space before a parameter"},
		{"min =3", "min(3)!space around a rule"},
	}
	for _, tt := range tests {
		var got []string
		for _, r := range ParseRules(tt.value) {
			s := r.Name
			if r.Or {
				s = "|" + s
			}
			if r.HasParam {
				s += "(" + r.Param + ")"
			}
			if r.Problem != "" {
				p, _, _ := strings.Cut(r.Problem, ";")
				s += "!" + p
			}
			got = append(got, s)
			if r.HasParam && tt.value[r.ParamOffset-1] != '=' {
				t.Errorf("%q: the parameter of %s is not at %d", tt.value, r.Name, r.ParamOffset)
			}
			if !strings.Contains(tt.value[r.Offset:r.End], r.Name) {
				t.Errorf("%q: %s is not at %d", tt.value, r.Name, r.Offset)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q: got %q, want %q", tt.value, strings.Join(got, " "), tt.want)
		}
	}
}

func TestSplitRuleWords(t *testing.T) {
	if got := fmt.Sprint(SplitRuleWords(" a  'b c' 'd e'f '")); got != "[{a 1} {b c 4} {d e 10} {f 15} {' 17}]" {
		t.Error(got)
	}
}

func FuzzParseRules(f *testing.F) {
	for _, s := range []string{"required,min=3", "a|b=,", "=", "oneof='a b' c", "0x2C0x7C"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := -1
		for _, r := range ParseRules(s) {
			if r.Offset != end+1 || r.End < r.Offset || r.End > len(s) || r.ParamOffset < r.Offset || r.ParamOffset > r.End {
				t.Fatalf("%q: %+v is out of order", s, r)
			}
			end = r.End
		}
		if s != "" && end != len(s) {
			t.Fatalf("%q: rules end at %d", s, end)
		}
		for _, w := range SplitRuleWords(s) {
			if w.Offset < 0 || w.Offset+len(w.Text) > len(s) {
				t.Fatalf("%q: %+v is outside", s, w)
			}
		}
	})
}
