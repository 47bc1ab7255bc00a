package jsonrt

import (
	"encoding"
	"strconv"
)

// KeyInt reads the name of the member as an integer.
func (d *Decoder) KeyInt(bits int) (int64, bool) {
	v, err := strconv.ParseInt(string(d.Name()), 10, bits)
	if err != nil || strconv.FormatInt(v, 10) != string(d.Name()) {
		return 0, d.badKey("must be named with an integer")
	}
	return v, true
}

// KeyUint reads the name of the member as an integer that is not negative.
func (d *Decoder) KeyUint(bits int) (uint64, bool) {
	v, err := strconv.ParseUint(string(d.Name()), 10, bits)
	if err != nil || strconv.FormatUint(v, 10) != string(d.Name()) {
		return 0, d.badKey("must be named with an integer")
	}
	return v, true
}

// KeyText reads the name of the member into a type of its own.
func (d *Decoder) KeyText(v encoding.TextUnmarshaler) bool {
	if v.UnmarshalText(append([]byte(nil), d.Name()...)) != nil {
		return d.badKey("has not the form expected")
	}
	return true
}

// badKey reports a name that is no key, and remembers it so that a second one
// is a duplicate like any other.
func (d *Decoder) badKey(detail string) bool {
	return d.remember() && d.issue("type", detail, "", false)
}
