package config

import (
	"os"
	"strings"
)

// Option changes how a configuration is loaded.
type Option func(*loader)

// Env makes variables of the environment override the file: those whose names
// begin with prefix and an underscore. The rest of the name is the path of the
// key in upper snake case: Auth.AccessSecret is AUTH_ACCESS_SECRET, DBURL is
// DBURL, CertFile is CERT_FILE. The values of lists, maps and structs are written
// as JSON; nothing is expanded in them. A variable under the prefix that is no
// key is an error, unless the file has it as ${NAME}.
func Env(prefix string) Option {
	return func(l *loader) { l.prefix = prefix }
}

// Ignore passes over keys that the struct does not have, such as "Log" or
// "Telemetry.Name", for a file that another program reads too.
func Ignore(keys ...string) Option {
	return func(l *loader) {
		for _, k := range keys {
			l.ignored[k] = true
		}
	}
}

// Environ replaces the environment, as name=value lines: for tests.
func Environ(vars []string) Option {
	return func(l *loader) { l.environ = vars }
}

// loader is one loading of a configuration.
type loader struct {
	file     string
	prefix   string
	ignored  map[string]bool
	environ  []string
	problems Errors
	// misspelt are the blocks with a key that they do not have.
	misspelt map[string]bool
	// used are the variables that the file itself names.
	used map[string]bool
}

func newLoader(file string, opts []Option) *loader {
	l := &loader{file: file, ignored: map[string]bool{}, used: map[string]bool{}, misspelt: map[string]bool{}, environ: os.Environ()}
	for _, o := range opts {
		if o != nil {
			o(l)
		}
	}
	return l
}

// variable looks a variable of the environment up.
func (l *loader) variable(name string) (string, bool) {
	for i := len(l.environ) - 1; i >= 0; i-- { // of two, the later one counts
		if k, v, ok := strings.Cut(l.environ[i], "="); ok && k == name {
			return v, true
		}
	}
	return "", false
}
