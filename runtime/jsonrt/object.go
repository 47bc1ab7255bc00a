package jsonrt

// Object enters an object. Its members are then read by Next, and false is
// returned, without anything to be left, when the next value is none.
func (d *Decoder) Object() bool {
	if d.peek() != '{' {
		return d.mismatch("must be an object")
	}
	return d.open(inObject)
}

// Next goes to the next member of the object and reads its name. It returns
// false behind the last one, when the object is left.
func (d *Decoder) Next() bool {
	c := d.peek()
	if d.err != nil {
		return false
	}
	f := &d.frames[len(d.frames)-1]
	switch {
	case c == '}':
		d.close()
		return false
	case f.name < 0: // the first one
	case c == ',':
		d.pos++
		c = d.peek()
	default:
		return d.unexpected("missing comma")
	}
	if c != '"' {
		return d.unexpected("missing member name")
	}
	start := d.pos + 1
	end, escaped, reason := scanString(d.text, start)
	if reason != "" {
		return d.fail(end, reason)
	}
	f.name = d.pos
	d.pos = end + 1
	d.name = d.unquoted(start, end, escaped)
	if d.peek() != ':' {
		return d.unexpected("missing colon")
	}
	d.pos++
	return true
}

// Name returns the name of the current member, valid until the next call.
func (d *Decoder) Name() []byte { return d.name }

// Mark returns seen with the bit of the current member set. That it was set
// before is a syntax error (RFC 7493 section 2.3).
func (d *Decoder) Mark(seen, bit uint64) uint64 {
	if seen&bit != 0 { //check:duplicate-known
		d.Duplicate()
	}
	return seen | bit
}

// Duplicate reports, as a syntax error, that the name of the current member was
// there before.
func (d *Decoder) Duplicate() {
	if d.err == nil {
		d.fail(d.frames[len(d.frames)-1].name, "duplicate member")
	}
}

// Unknown skips the value of a member that nothing reads. It must be called
// right after Name.
func (d *Decoder) Unknown() {
	if !d.remember() {
		return
	}
	if d.RejectUnknown { //check:unknown
		d.issue("unknown", "is not known")
	}
	d.Skip()
}

// remember adds the current name to those of the object that Mark does not keep
// track of. It returns false when it was there before.
func (d *Decoder) remember() bool {
	if d.err != nil {
		return false
	}
	f := &d.frames[len(d.frames)-1]
	if !d.names.add(d.text, d.name, f.name, f.names) { //check:duplicate-unknown
		d.Duplicate()
		return false
	}
	return true
}
