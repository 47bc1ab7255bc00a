package jsonrt

import (
	"encoding"
	"strconv"
)

// KeyInt reads the name of the member as an integer.
func (d *Decoder) KeyInt(bits int) (int64, bool) {
	v, err := strconv.ParseInt(string(d.Name()), 10, bits)
	if err != nil || strconv.FormatInt(v, 10) != string(d.Name()) {
		return 0, d.issue("type", "must be named with an integer", "", false)
	}
	return v, true
}

// KeyUint reads the name of the member as an integer that is not negative.
func (d *Decoder) KeyUint(bits int) (uint64, bool) {
	v, err := strconv.ParseUint(string(d.Name()), 10, bits)
	if err != nil || strconv.FormatUint(v, 10) != string(d.Name()) {
		return 0, d.issue("type", "must be named with an integer", "", false)
	}
	return v, true
}

// KeyText reads the name of the member into a type of its own.
func (d *Decoder) KeyText(v encoding.TextUnmarshaler) bool {
	if v.UnmarshalText(append([]byte(nil), d.Name()...)) != nil {
		return d.issue("type", "has not the form expected", "", false)
	}
	return true
}
