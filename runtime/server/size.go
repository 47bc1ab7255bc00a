package server

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Size is a number of bytes. It is written alone, 65536, or with a unit: B, KB,
// MB and GB count by 1000, KiB, MiB and GiB by 1024.
type Size int64

// sizeUnits are what UnmarshalText knows, the largest of a kind first.
var sizeUnits = []struct {
	name string
	size Size
}{
	{"GiB", 1 << 30},
	{"MiB", 1 << 20},
	{"KiB", 1 << 10},
	{"GB", 1e9},
	{"MB", 1e6},
	{"KB", 1e3},
	{"kB", 1e3},
	{"B", 1},
}

var errSize = errors.New("expected a whole number of bytes, such as 65536, 64KiB or 1MiB")

// UnmarshalText reads a number of bytes, with or without a unit.
func (s *Size) UnmarshalText(text []byte) error {
	digits, factor := string(text), Size(1)
	for _, u := range sizeUnits {
		if rest, ok := strings.CutSuffix(digits, u.name); ok {
			digits, factor = strings.TrimSuffix(rest, " "), u.size
			break
		}
	}
	n, err := strconv.ParseUint(digits, 10, 63)
	if err != nil || Size(n) > math.MaxInt64/factor {
		return errSize
	}
	*s = Size(n) * factor
	return nil
}

// UnmarshalJSON reads 65536 or "64KiB". Null leaves s as it is.
func (s *Size) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return s.UnmarshalText([]byte(strings.Trim(string(text), `"`)))
}

// String returns s in the largest unit of 1024 that leaves no rest.
func (s Size) String() string {
	for _, u := range sizeUnits[:3] {
		if s != 0 && s%u.size == 0 {
			return strconv.FormatInt(int64(s/u.size), 10) + u.name
		}
	}
	return strconv.FormatInt(int64(s), 10)
}

// MarshalText writes s as it is read.
func (s Size) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
