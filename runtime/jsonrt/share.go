package jsonrt

// Offset returns how many bytes of the text have been read.
func (d *Decoder) Offset() int { return d.pos }

// NameAt returns where the name of the current member stands in the text, without
// its quotes; plain is false when it is spelled with escapes. It must be called
// right after Next.
func (d *Decoder) NameAt() (start, end int, plain bool) {
	if d.err != nil {
		return 0, 0, false
	}
	start = d.frames[len(d.frames)-1].name + 1
	end = start + len(d.name)
	return start, end, len(d.name) == 0 || &d.name[0] == &d.text[start]
}

// StringIn reads a string as a part of whole, a copy of the text that does not
// change, so that nothing is allocated. Only a string that is spelled with escapes
// gets memory of its own.
func (d *Decoder) StringIn(v *string, whole string) bool {
	if d.peek() != '"' {
		return d.mismatch("must be a string")
	}
	start := d.pos + 1
	end, escaped, reason := scanString(d.text, start)
	if reason != "" {
		return d.fail(end, reason)
	}
	d.pos = end + 1
	if escaped {
		*v = string(d.unquoted(start, end, escaped))
	} else {
		*v = whole[start:end]
	}
	return true
}
