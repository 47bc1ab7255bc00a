package annotate

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// byteUnits are the suffixes of sizes: powers of 1024 with an i, else of 1000.
var byteUnits = map[string]int64{
	"": 1, "B": 1,
	"kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9,
	"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
}

var byteUnitNames = []string{"B", "KB", "MB", "GB", "KiB", "MiB", "GiB"}

// ParseBytes reads a size in bytes: a whole number above zero, alone or with
// one of B, KB, MB, GB (powers of 1000), KiB, MiB, GiB (powers of 1024).
func ParseBytes(s string) (int64, error) {
	i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if i < 0 {
		i = len(s)
	}
	digits, unit := s[:i], s[i:]
	if digits == "" {
		return 0, errors.New("must be a number of bytes such as 64KiB, 1MiB or 4096")
	}
	if strings.HasPrefix(unit, ".") {
		return 0, errors.New("must be a whole number; write it with a smaller unit, such as 1536KiB")
	}
	factor, ok := byteUnits[unit]
	if !ok {
		return 0, fmt.Errorf("has the unknown unit %s; write B, KB, MB, GB, KiB, MiB or GiB%s", unit, didYouMean(unit, byteUnitNames))
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > math.MaxInt64/factor {
		return 0, errors.New("does not fit 64 bits")
	}
	if n == 0 {
		return 0, errors.New("must be at least 1 byte")
	}
	return n * factor, nil
}

// ParseDuration reads a duration as time.ParseDuration does, and not below
// zero.
func ParseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		if _, err := strconv.ParseFloat(s, 64); err == nil {
			return 0, fmt.Errorf("needs a unit; write %ss for seconds or %sms for milliseconds", s, s)
		}
		return 0, errors.New("must be a duration such as 500ms, 3s or 1m30s")
	}
	if d < 0 {
		return 0, errors.New("must not be negative")
	}
	return d, nil
}
