// Package opt carries the options of a service from the function that makes
// them to the package that reads them. It stands between runtime, which hands
// options on, and the packages that know their meaning, so that neither imports
// the other, and so that nobody outside this module can make an option.
package opt

import "log/slog"

// Option is one setting of a service.
type Option interface{ apply(*Set) }

// Func is an option as the change it makes to the settings.
type Func func(*Set)

func (f Func) apply(s *Set) {
	if f != nil {
		f(s)
	}
}

// Set holds the settings of one service.
type Set struct {
	// Logger takes what the service reports; nil stands for slog.Default at the
	// time of use.
	Logger *slog.Logger
	// Schemes holds the options of each authentication scheme by its name. The
	// values belong to the package that put them there.
	Schemes map[string][]any
}

// Scheme appends options to those of the scheme called name.
func (s *Set) Scheme(name string, options ...any) {
	if s.Schemes == nil {
		s.Schemes = make(map[string][]any)
	}
	s.Schemes[name] = append(s.Schemes[name], options...)
}

// Apply collects opts in their order, so that the last setting of a kind
// stands. Options that are nil are skipped.
func Apply(opts []Option) *Set {
	s := new(Set)
	for _, o := range opts {
		if o != nil {
			o.apply(s)
		}
	}
	return s
}
