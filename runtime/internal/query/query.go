// Package query reads query strings strictly, and in one way: generated code takes
// parameters from them, and checks of tokens take tokens.
package query

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// Pair is one parameter, decoded.
type Pair struct{ Name, Value string }

// Limit bounds the parameters of a query, as net/url does.
const Limit = 10_000

// Read appends the parameters of a query to pairs. Where wrong is not empty the
// query cannot be read; it says why, to the caller.
func Read(pairs []Pair, query string) (_ []Pair, wrong string) {
	before := len(pairs)
	pairs, wrong = parse(pairs, query)
	if wrong != "" {
		return pairs, "the query is not valid: " + wrong
	}
	if !areUTF8(pairs[before:]) { //check:query-utf8
		return pairs, "the query is not valid UTF-8"
	}
	return pairs, ""
}

// parse is strict: the result is not empty, but says what is wrong, for a bad
// percent-encoding, for ';', which some take for a separator and others do not,
// and for too many parameters.
func parse(pairs []Pair, query string) (_ []Pair, wrong string) {
	if strings.Count(query, "&") >= Limit { //check:query-limit
		return pairs, "it has too many parameters"
	}
	for query != "" {
		var part string
		part, query, _ = strings.Cut(query, "&")
		if strings.IndexByte(part, ';') >= 0 { //check:semicolon
			return pairs, "it holds ';', which must be written as %3B"
		}
		if part == "" {
			continue
		}
		var p Pair
		p.Name, p.Value, _ = strings.Cut(part, "=")
		if !unescape(&p.Name) || !unescape(&p.Value) { //check:percent
			return pairs, "it has a bad percent-encoding"
		}
		pairs = append(pairs, p)
	}
	return pairs, ""
}

// unescape decodes s in place, and reports whether it could.
func unescape(s *string) bool {
	decoded, err := url.QueryUnescape(*s)
	if err != nil {
		return false
	}
	*s = decoded
	return true
}

// areUTF8 reports whether the names and values can be answered in JSON.
func areUTF8(pairs []Pair) bool {
	for _, p := range pairs {
		if !utf8.ValidString(p.Name) || !utf8.ValidString(p.Value) {
			return false
		}
	}
	return true
}
