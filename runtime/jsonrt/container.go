package jsonrt

// Object enters an object.
func (d *Decoder) Object() bool {
	if d.Kind() != '{' {
		return d.mismatch("must be an object")
	}
	return d.open('{')
}

// Array enters an array.
func (d *Decoder) Array() bool {
	if d.Kind() != '[' {
		return d.mismatch("must be an array")
	}
	return d.open('[')
}

func (d *Decoder) open(kind byte) bool {
	if len(d.kinds) >= maxDepth { //check:depth
		return d.fail(d.pos, "nested too deeply")
	}
	d.pos++
	d.kinds = append(d.kinds, kind)
	d.first = append(d.first, true)
	d.unknown = append(d.unknown, nil)
	d.frames = append(d.frames, frame{start: -1, index: -1})
	return true
}

func (d *Decoder) close() {
	d.pos++
	n := len(d.kinds) - 1
	d.kinds, d.first, d.frames = d.kinds[:n], d.first[:n], d.frames[:n]
	d.unknown[n] = nil
	d.unknown = d.unknown[:n]
}

// more steps to the next member or element; false at the end.
func (d *Decoder) more(end byte) bool {
	if d.err != nil {
		return false
	}
	top := len(d.kinds) - 1
	d.space()
	if d.pos == len(d.buf) {
		return d.fail(d.pos, "unexpected end")
	}
	if d.buf[d.pos] == end {
		d.close()
		return false
	}
	if d.first[top] {
		d.first[top] = false
		return true
	}
	if d.buf[d.pos] != ',' {
		return d.fail(d.pos, "missing comma")
	}
	d.pos++
	return true
}

// Next steps to the next member of the object; false at its end.
func (d *Decoder) Next() bool {
	if !d.more('}') {
		return false
	}
	d.space()
	start := d.pos
	if d.pos == len(d.buf) || d.buf[d.pos] != '"' {
		return d.fail(d.pos, "missing member name")
	}
	if !d.scanString() {
		return false
	}
	d.frames[len(d.frames)-1] = frame{start: start, end: d.pos, escaped: d.escaped}
	d.space()
	if d.pos == len(d.buf) || d.buf[d.pos] != ':' {
		return d.fail(d.pos, "missing colon")
	}
	d.pos++
	return true
}

// Elem steps to the next element of the array; false at its end.
func (d *Decoder) Elem() bool {
	if !d.more(']') {
		return false
	}
	d.frames[len(d.frames)-1].index++
	return true
}

// Name is the name of the current member, valid until the next call.
func (d *Decoder) Name() []byte {
	return d.nameOf(d.frames[len(d.frames)-1])
}

func (d *Decoder) nameOf(f frame) []byte {
	if f.escaped {
		return d.unquote(f.start, f.end)
	}
	return d.buf[f.start+1 : f.end-1]
}

// Mark sets the bit of a member; a second time it is a duplicate.
func (d *Decoder) Mark(seen, bit uint64) uint64 {
	if seen&bit != 0 { //check:duplicate-known
		d.Duplicate()
	}
	return seen | bit
}

// Duplicate reports the current member as a duplicate.
func (d *Decoder) Duplicate() {
	d.fail(d.frames[len(d.frames)-1].start, "duplicate member")
}

// Unknown passes over a member that nothing reads.
func (d *Decoder) Unknown() {
	if d.err != nil || !d.remember() {
		return
	}
	if d.RejectUnknown { //check:unknown
		d.Fail("unknown", "is not known")
	}
	d.Skip()
}

func (d *Decoder) remember() bool {
	top := len(d.kinds) - 1
	if d.unknown[top] == nil {
		d.unknown[top] = map[string]struct{}{}
	}
	name := string(d.Name())
	if _, dup := d.unknown[top][name]; dup { //check:duplicate-unknown
		d.Duplicate()
		return false
	}
	d.unknown[top][name] = struct{}{}
	return true
}

// MissingMembers reports the names whose bit is not in seen.
func (d *Decoder) MissingMembers(seen uint64, names ...string) {
	for i, name := range names {
		if seen&(1<<i) == 0 { //check:missing
			d.issue("missing", "is required", name, true)
		}
	}
}
