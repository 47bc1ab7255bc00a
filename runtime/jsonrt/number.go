package jsonrt

import (
	"math"
	"strconv"
)

// Quote makes the next number be read from inside a string.
func (d *Decoder) Quote() { d.quoted = true }

// Int reads an integer: a number without fraction and exponent.
func (d *Decoder) Int(v *int) bool { return readSigned(d, v, strconv.IntSize) }

// Int8 is Int for 8 bits.
func (d *Decoder) Int8(v *int8) bool { return readSigned(d, v, 8) }

// Int16 is Int for 16 bits.
func (d *Decoder) Int16(v *int16) bool { return readSigned(d, v, 16) }

// Int32 is Int for 32 bits.
func (d *Decoder) Int32(v *int32) bool { return readSigned(d, v, 32) }

// Int64 is Int for 64 bits.
func (d *Decoder) Int64(v *int64) bool { return readSigned(d, v, 64) }

// Uint reads an integer that is not negative.
func (d *Decoder) Uint(v *uint) bool { return readUnsigned(d, v, strconv.IntSize) }

// Uint8 is Uint for 8 bits.
func (d *Decoder) Uint8(v *uint8) bool { return readUnsigned(d, v, 8) }

// Uint16 is Uint for 16 bits.
func (d *Decoder) Uint16(v *uint16) bool { return readUnsigned(d, v, 16) }

// Uint32 is Uint for 32 bits.
func (d *Decoder) Uint32(v *uint32) bool { return readUnsigned(d, v, 32) }

// Uint64 is Uint for 64 bits.
func (d *Decoder) Uint64(v *uint64) bool { return readUnsigned(d, v, 64) }

// Float64 reads a number, rounded to the nearest that fits.
func (d *Decoder) Float64(v *float64) bool {
	f, ok := d.float(64)
	if ok {
		*v = f
	}
	return ok
}

// Float32 is Float64 for 32 bits.
func (d *Decoder) Float32(v *float32) bool {
	f, ok := d.float(32)
	if ok {
		*v = float32(f)
	}
	return ok
}

func readSigned[T int | int8 | int16 | int32 | int64](d *Decoder, v *T, bits int) bool {
	b, integer, ok := d.numeral("must be an integer", "must be an integer in a string")
	if !ok {
		return false
	}
	if !integer { //check:signed-integer
		return d.issue("type", "must be an integer")
	}
	n, ok := parseSigned(b, bits)
	if !ok { //check:signed-range
		return d.issue("range", signedRange(bits))
	}
	*v = T(n)
	return true
}

func readUnsigned[T uint | uint8 | uint16 | uint32 | uint64](d *Decoder, v *T, bits int) bool {
	b, integer, ok := d.numeral("must be an integer", "must be an integer in a string")
	if !ok {
		return false
	}
	if !integer { //check:unsigned-integer
		return d.issue("type", "must be an integer")
	}
	n, ok := parseDigits(b)
	if !ok || n > math.MaxUint64>>(64-bits) { //check:unsigned-range
		return d.issue("range", unsignedRange(bits))
	}
	*v = T(n)
	return true
}

func (d *Decoder) float(bits int) (float64, bool) {
	b, _, ok := d.numeral("must be a number", "must be a number in a string")
	if !ok {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(b), bits)
	if err != nil {
		return 0, d.issue("range", "must be a number that fits "+strconv.Itoa(bits)+" bits")
	}
	return f, true
}

// numeral reads a number and returns its text, valid until the next call, and
// whether it has neither fraction nor exponent.
func (d *Decoder) numeral(want, wantQuoted string) (b []byte, integer, ok bool) {
	if d.quoted {
		return d.quotedNumeral(wantQuoted)
	}
	if c := d.peek(); c != '-' && c-'0' > 9 {
		return nil, false, d.mismatch(want)
	}
	return d.number()
}

func (d *Decoder) quotedNumeral(want string) (b []byte, integer, ok bool) {
	d.quoted = false
	b, ok = d.chars(want)
	if !ok {
		return nil, false, false
	}
	if len(b) > 0 {
		if end, integer, reason := scanNumber(b, 0); reason == "" && end == len(b) {
			return b, integer, true
		}
	}
	return nil, false, d.issue("type", want)
}

// number reads the number that begins at the next byte.
func (d *Decoder) number() (b []byte, integer, ok bool) {
	start := d.pos
	end, integer, reason := scanNumber(d.text, start)
	if reason != "" {
		return nil, false, d.fail(end, reason)
	}
	d.pos = end
	return d.text[start:end], integer, true
}

// parseSigned reads an integer as scanNumber takes it.
func parseSigned(b []byte, bits int) (int64, bool) {
	negative := b[0] == '-'
	if negative {
		b = b[1:]
	}
	n, ok := parseDigits(b)
	switch limit := uint64(1) << (bits - 1); {
	case !ok || n > limit || n == limit && !negative:
		return 0, false
	case negative:
		return -int64(n), true
	default:
		return int64(n), true
	}
}

// parseDigits reads digits without leading zeros.
func parseDigits(b []byte) (n uint64, ok bool) {
	const safe = 19 // digits fit 64 bits, whatever they are
	if len(b) > safe+1 {
		return 0, false
	}
	for i, c := range b {
		if c -= '0'; c > 9 {
			return 0, false
		}
		if i == safe && (n > math.MaxUint64/10 || n == math.MaxUint64/10 && c > math.MaxUint64%10) {
			return 0, false
		}
		n = n*10 + uint64(c)
	}
	return n, len(b) > 0
}

func signedRange(bits int) string {
	return "must be an integer between " + strconv.FormatInt(math.MinInt64>>(64-bits), 10) +
		" and " + strconv.FormatInt(math.MaxInt64>>(64-bits), 10)
}

func unsignedRange(bits int) string {
	return "must be an integer between 0 and " + strconv.FormatUint(math.MaxUint64>>(64-bits), 10)
}
