package annotate

import "strings"

// Suggest returns the entry of known that word most likely means, "" when none
// is near. Letter case, '_' and '-' are worth nothing; otherwise a third of
// the letters, at least one, may be missing, extra, wrong or swapped.
func Suggest(word string, known []string) string {
	folded := fold(word)
	if folded == "" {
		return ""
	}
	best, bestDistance := "", max(1, len(folded)/3)+1
	for _, k := range known {
		candidate := fold(k)
		if k == word || candidate == "" {
			continue
		}
		if candidate == folded {
			return k
		}
		// A distance as long as the word itself says nothing.
		if d := distance(folded, candidate, bestDistance); d < bestDistance && d < len(candidate) {
			best, bestDistance = k, d
		}
	}
	return best
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// distance is the Damerau-Levenshtein distance of a and b with adjacent
// swaps, or limit if it is not below limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= limit || len(y)-len(x) >= limit {
		return limit
	}
	before := make([]int, len(y)+1)
	prev := make([]int, len(y)+1)
	cur := make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		cur[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return min(prev[len(y)], limit)
}

// didYouMean renders a suggestion for the end of a message, "" without one.
func didYouMean(word string, known []string) string {
	if s := Suggest(word, known); s != "" {
		return "; did you mean " + s + "?"
	}
	return ""
}
