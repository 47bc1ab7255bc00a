package jsonrt

// Skip passes over the next value, whose syntax it checks in full. It returns
// false when there is none.
func (d *Decoder) Skip() bool {
	outer := len(d.frames)
	for {
		if !d.skipToken() {
			return false
		}
		for {
			if len(d.frames) == outer {
				return true
			}
			if d.step() {
				break // there is a value to skip
			}
			if d.err != nil {
				return false
			}
		}
	}
}

// skipToken passes over a scalar, or the opening bracket of anything else.
func (d *Decoder) skipToken() bool {
	switch d.peek() {
	case '"':
		end, _, reason := scanString(d.text, d.pos+1)
		if reason != "" {
			return d.fail(end, reason)
		}
		d.pos = end + 1
		return true
	case '{':
		return d.open(inObject)
	case '[':
		return d.open(-1)
	case 't':
		return d.literal("true")
	case 'f':
		return d.literal("false")
	case 'n':
		return d.literal("null")
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		_, _, ok := d.number()
		return ok
	}
	return d.unexpected("invalid value")
}

// step goes to the next member or element of the innermost object or array.
func (d *Decoder) step() bool {
	if d.frames[len(d.frames)-1].index == inObject {
		return d.Next() && d.remember()
	}
	return d.Elem()
}

// Raw returns the text of the next value, nil when there is none. It is a part
// of the text that is read.
func (d *Decoder) Raw() []byte {
	d.peek()
	text, start := d.text, d.pos
	if !d.Skip() {
		return nil
	}
	return text[start:d.pos:d.pos]
}
