package genrt

import (
	"errors"
	"math"
	"strconv"
)

// Int reads an integer: decimal digits without a plus sign or leading zeros.
func (p *Param) Int(v *int) bool { return readSigned(p, v, strconv.IntSize) }

// Int8 is Int for 8 bits.
func (p *Param) Int8(v *int8) bool { return readSigned(p, v, 8) }

// Int16 is Int for 16 bits.
func (p *Param) Int16(v *int16) bool { return readSigned(p, v, 16) }

// Int32 is Int for 32 bits.
func (p *Param) Int32(v *int32) bool { return readSigned(p, v, 32) }

// Int64 is Int for 64 bits.
func (p *Param) Int64(v *int64) bool { return readSigned(p, v, 64) }

// Uint reads an integer that is not negative.
func (p *Param) Uint(v *uint) bool { return readUnsigned(p, v, strconv.IntSize) }

// Uint8 is Uint for 8 bits.
func (p *Param) Uint8(v *uint8) bool { return readUnsigned(p, v, 8) }

// Uint16 is Uint for 16 bits.
func (p *Param) Uint16(v *uint16) bool { return readUnsigned(p, v, 16) }

// Uint32 is Uint for 32 bits.
func (p *Param) Uint32(v *uint32) bool { return readUnsigned(p, v, 32) }

// Uint64 is Uint for 64 bits.
func (p *Param) Uint64(v *uint64) bool { return readUnsigned(p, v, 64) }

// Float32 reads a number as JSON writes it (RFC 8259 section 6).
func (p *Param) Float32(v *float32) bool { return readFloat(p, v, 32) }

// Float64 is Float32 for 64 bits.
func (p *Param) Float64(v *float64) bool { return readFloat(p, v, 64) }

func readSigned[T int | int8 | int16 | int32 | int64](p *Param, v *T, bits int) bool {
	s, ok := p.value()
	if !ok {
		return false
	}
	if !isInteger(s) {
		return p.mistyped("must be an integer")
	}
	n, err := strconv.ParseInt(s, 10, bits)
	if err != nil {
		lowest, highest := int64(math.MinInt64)>>(64-bits), int64(math.MaxInt64)>>(64-bits)
		return p.integerError(err, strconv.FormatInt(lowest, 10), strconv.FormatInt(highest, 10))
	}
	*v = T(n)
	return true
}

func readUnsigned[T uint | uint8 | uint16 | uint32 | uint64](p *Param, v *T, bits int) bool {
	s, ok := p.value()
	if !ok {
		return false
	}
	if !isInteger(s) {
		return p.mistyped("must be an integer")
	}
	highest := strconv.FormatUint(math.MaxUint64>>(64-bits), 10)
	if s[0] == '-' { // an integer, but not one of these
		_, err := strconv.ParseInt(s, 10, 64)
		if err == nil {
			err = strconv.ErrRange
		}
		return p.integerError(err, "0", highest)
	}
	n, err := strconv.ParseUint(s, 10, bits)
	if err != nil {
		return p.integerError(err, "0", highest)
	}
	*v = T(n)
	return true
}

// integerError reports what strconv could not read.
func (p *Param) integerError(err error, lowest, highest string) bool {
	if errors.Is(err, strconv.ErrRange) {
		p.Fail("range", "must be an integer between "+lowest+" and "+highest)
		return false
	}
	return p.mistyped("must be an integer")
}

// isInteger refuses the forms of integers that strconv takes and a request must
// not use.
func isInteger(s string) bool {
	if s == "" {
		return false
	}
	if s[0] == '+' { //check:plus
		return false
	}
	if s[0] == '-' {
		s = s[1:]
	}
	if len(s) > 1 && s[0] == '0' { //check:leading-zeros
		return false
	}
	return true
}

func readFloat[T float32 | float64](p *Param, v *T, bits int) bool {
	s, ok := p.value()
	if !ok {
		return false
	}
	if !isNumber(s) { //check:number
		return p.mistyped("must be a number")
	}
	f, err := strconv.ParseFloat(s, bits)
	if errors.Is(err, strconv.ErrRange) { //check:float-range
		p.Fail("range", "must be a number that fits "+strconv.Itoa(bits)+" bits")
		return false
	}
	if err != nil {
		return p.mistyped("must be a number")
	}
	*v = T(f)
	return true
}

// isNumber reports whether s is a number in the grammar of RFC 8259 section 6,
// which leaves out what strconv also takes, such as infinity and hexadecimal.
func isNumber(s string) bool {
	if s != "" && s[0] == '-' {
		s = s[1:]
	}
	whole := digits(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return false
	}
	s = s[whole:]
	if s != "" && s[0] == '.' {
		n := digits(s[1:])
		if n == 0 {
			return false
		}
		s = s[1+n:]
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		n := digits(s)
		if n == 0 {
			return false
		}
		s = s[n:]
	}
	return s == ""
}

// digits counts the digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
