package annotate

import "strings"

// Similar reports whether two names are easily taken for each other: they
// differ by letter case, or by one letter missing, extra, wrong or swapped.
func Similar(a, b string) bool {
	return strings.EqualFold(a, b) || distance(a, b, 2) < 2
}
