package jsonrt

import "strconv"

// Any reads any value into what encoding/json/v2 makes of it: nil, bool,
// float64, string, []any or map[string]any.
func (d *Decoder) Any(v *any) bool {
	x, ok := d.any()
	if ok {
		*v = x
	}
	return ok
}

// any reads on behind a number that does not fit, to check the rest.
func (d *Decoder) any() (v any, ok bool) {
	switch d.peek() {
	case '{':
		return d.anyObject()
	case '[':
		return d.anyArray()
	case '"':
		b, ok := d.chars("")
		if !ok {
			return nil, false
		}
		return string(b), true
	case 't':
		return true, d.literal("true")
	case 'f':
		return false, d.literal("false")
	case 'n':
		return nil, d.literal("null")
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		b, _, ok := d.number()
		if !ok {
			return nil, false
		}
		f, err := strconv.ParseFloat(string(b), 64)
		if err != nil {
			return nil, d.issue("range", "must be a number that fits 64 bits")
		}
		return f, true
	}
	return nil, d.unexpected("invalid value")
}

func (d *Decoder) anyObject() (any, bool) {
	if !d.open(inObject) {
		return nil, false
	}
	all := true
	m := map[string]any{}
	for d.Next() {
		name := string(d.name)
		if _, ok := m[name]; ok { //check:duplicate-any
			d.Duplicate()
			return nil, false
		}
		v, ok := d.any()
		m[name] = v
		all = all && ok
	}
	return m, all && d.err == nil
}

func (d *Decoder) anyArray() (any, bool) {
	if !d.open(-1) {
		return nil, false
	}
	all := true
	s := []any{}
	for d.Elem() {
		v, ok := d.any()
		s = append(s, v)
		all = all && ok
	}
	return s, all && d.err == nil
}
