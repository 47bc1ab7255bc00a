package auth

import (
	"math"
	"strconv"
	"time"
)

// Time is a point in time as claims carry it: whole seconds since 1970
// (NumericDate, RFC 7519 section 2). Zero stands for an absent claim.
type Time int64

// maxTime is the first second that no claim may name, in the year 33658. Larger
// numbers are milliseconds taken for seconds, or attacks on the arithmetic.
const maxTime = 1e12

// TimeOf returns t as claims carry it; fractions of a second are dropped.
func TimeOf(t time.Time) Time { return Time(t.Unix()) }

// Time returns t as a time.Time, the zero one when the claim was absent.
func (t Time) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.Unix(int64(t), 0)
}

// String returns t in the form of RFC 3339, in UTC.
func (t Time) String() string { return t.Time().UTC().Format(time.RFC3339) }

// UnmarshalJSON reads a JSON number greater than 0 and less than 1e12; a
// fraction is dropped. Null leaves zero. Strings are refused.
func (t *Time) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*t = 0
		return nil
	}
	n := parseSeconds(text)
	if !(n >= 1 && n < maxTime) { //check:time-range
		return errTime
	}
	*t = Time(n)
	return nil
}

// MarshalJSON writes a number, and null for zero. It refuses what UnmarshalJSON
// would.
func (t Time) MarshalJSON() ([]byte, error) {
	if t == 0 {
		return []byte("null"), nil
	}
	if t < 0 || t >= maxTime { //check:time-written
		return nil, errTime
	}
	return strconv.AppendInt(nil, int64(t), 10), nil
}

// parseSeconds returns the number that text is, rounded down, or NaN. The
// numbers in range are exact: a float64 holds every integer below 2^53.
func parseSeconds(text []byte) float64 {
	n, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		return math.NaN()
	}
	return math.Floor(n)
}
