package jsonrt

import (
	"math"
	"strconv"
)

// number passes over a number and returns it.
func (d *Decoder) number() []byte {
	start, i := d.pos, d.pos
	digits := func() bool {
		from := i
		for i < len(d.buf) && '0' <= d.buf[i] && d.buf[i] <= '9' {
			i++
		}
		return i > from
	}
	if d.buf[i] == '-' {
		i++
	}
	if i < len(d.buf) && d.buf[i] == '0' {
		i++
	} else if !digits() {
		d.fail(i, "invalid number")
		return nil
	}
	if i < len(d.buf) && d.buf[i] == '.' {
		i++
		if !digits() {
			d.fail(i, "invalid number")
			return nil
		}
	}
	if i < len(d.buf) && d.buf[i]|0x20 == 'e' {
		i++
		if i < len(d.buf) && (d.buf[i] == '+' || d.buf[i] == '-') {
			i++
		}
		if !digits() {
			d.fail(i, "invalid number")
			return nil
		}
	}
	d.pos = i
	return d.buf[start:i]
}

// Quote makes the next number be read from inside a string.
func (d *Decoder) Quote() { d.quoted = true }

func (d *Decoder) numeral(want string) ([]byte, bool) {
	quoted := d.quoted
	d.quoted = false
	if quoted {
		if d.Kind() != '"' {
			return nil, d.mismatch("must be " + want + " in a string")
		}
		b, ok := d.text()
		if !ok {
			return nil, false
		}
		var inner Decoder
		inner.Reset(append([]byte(nil), b...))
		if inner.Kind() != '0' || inner.pos != 0 {
			return nil, d.issue("type", "must be "+want+" in a string", "", false)
		}
		n := inner.number()
		if n == nil || inner.pos != len(inner.buf) {
			return nil, d.issue("type", "must be "+want+" in a string", "", false)
		}
		return n, true
	}
	if d.Kind() != '0' {
		return nil, d.mismatch("must be " + want)
	}
	n := d.number()
	return n, n != nil
}

func integral(n []byte) bool {
	for _, c := range n {
		if c == '.' || c|0x20 == 'e' {
			return false
		}
	}
	return true
}

func (d *Decoder) signed(bits int) (int64, bool) {
	n, ok := d.numeral("an integer")
	if !ok {
		return 0, false
	}
	if !integral(n) {
		return 0, d.issue("type", "must be an integer", "", false)
	}
	v, err := strconv.ParseInt(string(n), 10, bits)
	if err != nil {
		return 0, d.issue("range", signedRange(bits), "", false)
	}
	return v, true
}

func signedRange(bits int) string {
	return "must be an integer between " + strconv.FormatInt(math.MinInt64>>(64-bits), 10) + " and " + strconv.FormatInt(math.MaxInt64>>(64-bits), 10)
}

func (d *Decoder) unsigned(bits int) (uint64, bool) {
	n, ok := d.numeral("an integer")
	if !ok {
		return 0, false
	}
	if !integral(n) {
		return 0, d.issue("type", "must be an integer", "", false)
	}
	v, err := strconv.ParseUint(string(n), 10, bits)
	if err != nil {
		return 0, d.issue("range", unsignedRange(bits), "", false)
	}
	return v, true
}

func unsignedRange(bits int) string {
	return "must be an integer between 0 and " + strconv.FormatUint(math.MaxUint64>>(64-bits), 10)
}

func put[T any](p *T, v T, ok bool) bool {
	if ok {
		*p = v
	}
	return ok
}

// Int reads an integer.
func (d *Decoder) Int(p *int) bool { v, ok := d.signed(strconv.IntSize); return put(p, int(v), ok) }

// Int8 reads an integer of 8 bits.
func (d *Decoder) Int8(p *int8) bool { v, ok := d.signed(8); return put(p, int8(v), ok) }

// Int16 reads an integer of 16 bits.
func (d *Decoder) Int16(p *int16) bool { v, ok := d.signed(16); return put(p, int16(v), ok) }

// Int32 reads an integer of 32 bits.
func (d *Decoder) Int32(p *int32) bool { v, ok := d.signed(32); return put(p, int32(v), ok) }

// Int64 reads an integer of 64 bits.
func (d *Decoder) Int64(p *int64) bool { v, ok := d.signed(64); return put(p, v, ok) }

// Uint reads an integer that is not negative.
func (d *Decoder) Uint(p *uint) bool {
	v, ok := d.unsigned(strconv.IntSize)
	return put(p, uint(v), ok)
}

// Uint8 reads an integer of 8 bits that is not negative.
func (d *Decoder) Uint8(p *uint8) bool { v, ok := d.unsigned(8); return put(p, uint8(v), ok) }

// Uint16 reads an integer of 16 bits that is not negative.
func (d *Decoder) Uint16(p *uint16) bool { v, ok := d.unsigned(16); return put(p, uint16(v), ok) }

// Uint32 reads an integer of 32 bits that is not negative.
func (d *Decoder) Uint32(p *uint32) bool { v, ok := d.unsigned(32); return put(p, uint32(v), ok) }

// Uint64 reads an integer of 64 bits that is not negative.
func (d *Decoder) Uint64(p *uint64) bool { v, ok := d.unsigned(64); return put(p, v, ok) }

func (d *Decoder) float(bits int) (float64, bool) {
	n, ok := d.numeral("a number")
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(n), bits)
	if err != nil {
		return 0, d.issue("range", "must be a number that fits "+strconv.Itoa(bits)+" bits", "", false)
	}
	return v, true
}

// Float32 reads a number.
func (d *Decoder) Float32(p *float32) bool { v, ok := d.float(32); return put(p, float32(v), ok) }

// Float64 reads a number.
func (d *Decoder) Float64(p *float64) bool { v, ok := d.float(64); return put(p, v, ok) }
