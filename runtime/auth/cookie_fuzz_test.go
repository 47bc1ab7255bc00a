package auth

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// FuzzReadCookie compares with net/http: every cookie it finds is found here, with
// the same value but for the quotes that it takes away.
func FuzzReadCookie(f *testing.F) {
	const name = "__Host-token"
	for _, seed := range []string{
		"", name, name + "=", name + "=a.b.c", "a=b; " + name + "=a.b.c; c", ";;" + name + " = a ;", name + "=a;" + name + "=b",
		name + `="a"`, name + `=a"b`, "\t" + name + "\t=\ta\t", "a=" + name + "=b", "__host-token=a", "=" + name, name + "=a=b", name + "=\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		r := &http.Request{Header: http.Header{"Cookie": {header}}}
		value, n := readCookie(r.Header["Cookie"], name)
		theirs := r.CookiesNamed(name)
		if len(theirs) > n {
			t.Fatalf("%q: %d here, %d there", header, n, len(theirs))
		}
		if n == 1 && len(theirs) == 1 && value != theirs[0].Value && value != `"`+theirs[0].Value+`"` {
			t.Errorf("%q: %q here, %q there", header, value, theirs[0].Value)
		}
		if n > 0 && !strings.Contains(header, name) {
			t.Errorf("%q: there is no such cookie", header)
		}
		if again, m := readCookie([]string{"a=b", header, ""}, name); again != value || m != n {
			t.Errorf("%q: %q %d in several headers, %q %d in one", header, again, m, value, n)
		}
		// Two headers have what one with both has (RFC 9113 section 8.2.3).
		both, m := readCookie([]string{header, header}, name)
		if one, k := readCookie([]string{header + "; " + header}, name); !slices.Equal([]any{both, m}, []any{one, k}) || m != 2*n {
			t.Errorf("%q: %q %d in two headers, %q %d in one", header, both, m, one, k)
		}
	})
}
