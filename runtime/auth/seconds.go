package auth

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Seconds is a span of whole seconds in a configuration. It is written as a
// number of seconds, 900, or as a duration, "15m".
type Seconds int64

// Duration returns s as a time.Duration, the largest one for more than its 292
// years.
func (s Seconds) Duration() time.Duration {
	const limit = Seconds(math.MaxInt64 / time.Second)
	return time.Duration(max(-limit, min(s, limit))) * time.Second
}

// String returns s as a duration, such as 15m0s.
func (s Seconds) String() string { return s.Duration().String() }

// UnmarshalText reads 900 or 15m, as environment variables and YAML hold them.
func (s *Seconds) UnmarshalText(text []byte) error {
	if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
		*s = Seconds(n)
		return nil
	}
	d, err := time.ParseDuration(string(text))
	if err != nil || d%time.Second != 0 {
		// The text may be a secret that slipped a line, so it is not repeated.
		return errors.New("expected whole seconds as a number such as 900 or a duration such as 15m")
	}
	*s = Seconds(d / time.Second)
	return nil
}

// UnmarshalJSON reads 900 or "15m". Null leaves s as it is.
func (s *Seconds) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return s.UnmarshalText([]byte(strings.Trim(string(text), `"`)))
}
