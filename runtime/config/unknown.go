package config

import (
	"fmt"
	"reflect"
	"strings"
)

// replacements are the keys of go-zero's rest.RestConf that config.Server does
// not have, and what does their work.
var replacements = map[string]string{
	"Mode":             "what differs between environments has a key of its own",
	"Log":              "give runtime.WithLogger a slog.Logger",
	"MetricsUrl":       "use the module runtime/observe",
	"Prometheus":       "use the module runtime/observe and serve promhttp.Handler",
	"Telemetry":        "use the module runtime/observe and set up an exporter of OpenTelemetry",
	"DevServer":        "use server.WithHealth, and serve metrics and net/http/pprof on a port of their own",
	"Shutdown":         "use server.WithDrain",
	"Profiling":        "serve net/http/pprof on a port of its own",
	"Verbose":          "use runtime.AccessLog",
	"MaxConns":         "use runtime.MaxInFlight",
	"CpuThreshold":     "use the module runtime/resilience",
	"Signature":        "there is no signature of requests",
	"Middlewares":      "each is a middleware that you add, or do not",
	"TraceIgnorePaths": "use the module runtime/observe, whose options have a filter",
}

// transition are the keys of a scheme under go-zero's jwtTransition.
var transition = map[string]string{"Secret": "AccessSecret", "PrevSecret": "PrevSecrets, which is a list"}

// unknown says what is wrong with a key that the struct t, at path, has not.
func unknown(t reflect.Type, path, key string, fields []field) string {
	if instead, ok := replacements[key]; ok && path == "" {
		return fmt.Sprintf("is a key of go-zero that is not read here: %s; config.Ignore(%q) passes over it", instead, key)
	}
	if instead, ok := transition[key]; ok && strings.HasSuffix(t.PkgPath(), "runtime/auth") {
		return "is a key of go-zero's jwtTransition: write " + instead
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	if s := suggest(key, names); s != "" {
		return fmt.Sprintf("there is no such key; did you mean %s?", s)
	}
	const few = 12
	switch {
	case len(names) == 0:
		return "there is no such key: nothing is read here"
	case len(names) <= few:
		return "there is no such key: expected " + strings.Join(names, ", ")
	}
	return "there is no such key: remove it"
}

// suggest returns the name that was meant by word, or nothing. Case, hyphens and
// underscores do not count.
func suggest(word string, names []string) string {
	best, least := "", max(len(word)/3, 1)+1
	for _, name := range names {
		if d := distance(folded(word), folded(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

var separators = strings.NewReplacer("-", "", "_", "", " ", "")

func folded(s string) []rune { return []rune(strings.ToLower(separators.Replace(s))) }

// distance is the number of edits between two words, a swap of neighbours being
// one (optimal string alignment).
func distance(a, b []rune) int {
	const limit = 64
	if len(a) > limit || len(b) > limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
