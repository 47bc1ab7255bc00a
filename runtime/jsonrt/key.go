package jsonrt

import (
	"bytes"
	"encoding"
	"math"
	"time"
)

// KeyInt reads the name of the current member as an integer of so many bits.
func (d *Decoder) KeyInt(bits int) (int64, bool) {
	if end, integer, reason := scanKey(d.name); reason == "" && integer && end == len(d.name) {
		if n, ok := parseSigned(d.name, bits); ok {
			return n, true
		}
	}
	return 0, d.badKey("must be named with an integer")
}

// KeyUint reads the name of the current member as an integer, of so many bits,
// that is not negative.
func (d *Decoder) KeyUint(bits int) (uint64, bool) {
	if end, integer, reason := scanKey(d.name); reason == "" && integer && end == len(d.name) {
		if n, ok := parseDigits(d.name); ok && n <= math.MaxUint64>>(64-bits) {
			return n, true
		}
	}
	return 0, d.badKey("must be named with an integer")
}

// KeyText reads the name of the current member into a type with a text form.
func (d *Decoder) KeyText(v encoding.TextUnmarshaler) bool {
	if t, ok := v.(*time.Time); ok {
		if *t, ok = parseTime(d.name); ok {
			return true
		}
	} else if v.UnmarshalText(bytes.Clone(d.name)) == nil {
		return true
	}
	return d.badKey("has not the form expected")
}

// badKey reports a name that is no key. As it does not get into a map, its
// duplicates are looked for here.
func (d *Decoder) badKey(detail string) bool {
	if !d.remember() {
		return false
	}
	return d.issue("type", detail)
}

func scanKey(b []byte) (end int, integer bool, reason string) {
	if len(b) == 0 {
		return 0, false, "unexpected end"
	}
	return scanNumber(b, 0)
}
