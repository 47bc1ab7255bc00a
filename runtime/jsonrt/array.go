package jsonrt

// Array enters an array. Its elements are then gone through by Elem, and false
// is returned, without anything to be left, when the next value is none.
func (d *Decoder) Array() bool {
	if d.peek() != '[' {
		return d.mismatch("must be an array")
	}
	return d.open(-1)
}

// Elem goes to the next element of the array. It returns false behind the last
// one, when the array is left.
func (d *Decoder) Elem() bool {
	c := d.peek()
	if d.err != nil {
		return false
	}
	f := &d.frames[len(d.frames)-1]
	switch {
	case c == ']':
		d.close()
		return false
	case f.index < 0: // the first one
	case c == ',':
		d.pos++
	default:
		return d.unexpected("missing comma")
	}
	f.index++
	return true
}
