package gen

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// tokens are roughly those of Go, with the beginnings of directives and the
// struct tags as wholes.
var tokens = regexp.MustCompile("[A-Za-z_][A-Za-z0-9_]*|//api:\\w+|`[^`\n]*`|\"[^\"\n]*\"|[0-9]+|\\[\\]|\\S")

// FuzzTokens puts tokens and lines of the corpus in the place of others, by
// chance: what comes out parses more often than what FuzzFrontEnd makes.
func FuzzTokens(f *testing.F) {
	packages := corpus(f)
	var words, lines []string
	for _, m := range packages {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			words = append(words, tokens.FindAllString(m[name], -1)...)
			lines = append(lines, strings.Split(m[name], "\n")...)
		}
	}
	for seed := range uint64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 0))
		m := maps.Clone(packages[r.IntN(len(packages))])
		names := slices.Sorted(maps.Keys(m))
		name := names[r.IntN(len(names))]
		for range 1 + r.IntN(3) {
			if r.IntN(2) == 0 {
				m[name] = mutateLine(r, m[name], lines)
			} else {
				m[name] = mutateToken(r, m[name], words)
			}
		}
		m.check(t)
		if t.Failed() {
			t.Log(m)
		}
	})
}

func mutateLine(r *rand.Rand, src string, others []string) string {
	lines := strings.Split(src, "\n")
	i, j := r.IntN(len(lines)), r.IntN(len(lines))
	switch r.IntN(4) {
	case 0:
		lines = slices.Delete(lines, i, i+1)
	case 1:
		lines = slices.Insert(lines, i, lines[j])
	case 2:
		lines[i], lines[j] = lines[j], lines[i]
	default:
		lines = slices.Insert(lines, i, others[r.IntN(len(others))])
	}
	return strings.Join(lines, "\n")
}

func mutateToken(r *rand.Rand, src string, others []string) string {
	found := tokens.FindAllStringIndex(src, -1)
	if len(found) == 0 {
		return src
	}
	at, other := found[r.IntN(len(found))], found[r.IntN(len(found))]
	from, to := at[0], at[1]
	text := others[r.IntN(len(others))]
	switch r.IntN(4) {
	case 0:
		text = src[other[0]:other[1]]
	case 1:
		text = src[from:to] + " " + text
	case 2:
		text = ""
	}
	return src[:from] + text + src[to:]
}
