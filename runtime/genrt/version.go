package genrt

// Version is the type generated code converts differences of versions to, so
// that a negative one, which means a runtime that does not fit, fails to
// compile.
type Version uint

// MinVersion and MaxVersion bound the versions of generated code that this
// runtime serves.
const (
	MinVersion = 1
	MaxVersion = 1
)
