package jsonrt

// Skip passes over a value, whose syntax is checked in full.
func (d *Decoder) Skip() bool {
	switch d.Kind() {
	case '{':
		if d.open('{') {
			for d.Next() {
				if d.remember() {
					d.Skip()
				}
			}
		}
	case '[':
		if d.open('[') {
			for d.Elem() {
				d.Skip()
			}
		}
	case '"':
		d.scanString()
	case '0':
		d.number()
	case 't':
		d.literal("true")
	case 'f':
		d.literal("false")
	case 'n':
		d.literal("null")
	default:
		if d.err == nil {
			if d.pos == len(d.buf) {
				return d.fail(d.pos, "unexpected end")
			}
			return d.fail(d.pos, "invalid value")
		}
	}
	return d.err == nil
}

// Raw returns the text of the next value.
func (d *Decoder) Raw() []byte {
	d.Kind()
	start := d.pos
	if !d.Skip() {
		return nil
	}
	return d.buf[start:d.pos]
}
