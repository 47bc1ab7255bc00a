package jsonrt

// maxDepth is how deeply arrays and objects may nest in a text.
const maxDepth = 10_000

// Decoder reads one JSON text that is held in memory.
//
// What is not JSON is a syntax error: the first one stands, and all methods
// return false from then on. A value that is JSON but not what was asked for is
// an issue: it is skipped, its syntax checked all the same, and reading goes on.
type Decoder struct {
	// RejectUnknown makes members that nothing reads issues.
	RejectUnknown bool
	// NullsAbsent makes AbsentNull take null for an absent member.
	NullsAbsent bool

	quoted    bool // the next number stands in a string
	truncated bool

	text    []byte
	pos     int // of the next byte of text
	frames  []frame
	name    []byte // of the current member, unescaped
	scratch []byte // for what had to be unescaped
	names   nameSet

	issues []Issue
	err    *SyntaxError
}

// frame is an array or object that is being read. It holds positions and no
// pointers, so that the garbage collector need not be told when it changes.
type frame struct {
	name  int // position of the current member's name, -1 before the first
	index int // of the current element, -1 before the first; inObject in objects
	names int // where the object's own names begin in the nameSet
}

const inObject = -2

// keepFrames and keepScratch bound what a decoder keeps for the next text.
const (
	keepFrames  = 256
	keepScratch = 16 << 10
)

// Reset starts over with another text, which must not change while it is read.
// It clears the flags and the issues, whose memory is used again.
func (d *Decoder) Reset(text []byte) {
	d.RejectUnknown, d.NullsAbsent, d.quoted, d.truncated = false, false, false, false
	d.text, d.pos, d.name = text, 0, nil
	d.err, d.issues = nil, d.issues[:0]
	if d.frames = d.frames[:0]; cap(d.frames) > keepFrames {
		d.frames = nil
	}
	if cap(d.scratch) > keepScratch {
		d.scratch = nil
	}
	d.names.reset()
}

// Err returns the syntax error, nil while there is none.
func (d *Decoder) Err() *SyntaxError { return d.err }

// End checks that only white space follows the value.
func (d *Decoder) End() {
	if d.peek(); d.pos < len(d.text) { //check:trailing-data
		d.fail(d.pos, "data after the value")
	}
}

// fail reports a syntax error and returns false. The rest of the text is
// dropped: whatever reads on finds the end.
func (d *Decoder) fail(offset int, reason string) bool {
	if d.err == nil {
		d.err = &SyntaxError{Offset: int64(offset), Reason: reason}
	}
	d.text, d.pos = d.text[:0], 0
	return false
}

// unexpected reports that the text does not go on as the reason demands.
func (d *Decoder) unexpected(reason string) bool {
	if d.pos == len(d.text) {
		reason = "unexpected end"
	}
	return d.fail(d.pos, reason)
}

// peek skips white space (RFC 8259 section 2) and returns the next byte, 0 at
// the end.
func (d *Decoder) peek() byte {
	if d.pos < len(d.text) && d.text[d.pos] > ' ' {
		return d.text[d.pos]
	}
	return d.peekSpace()
}

func (d *Decoder) peekSpace() byte {
	for ; d.pos < len(d.text); d.pos++ {
		switch c := d.text[d.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// Kind returns the first byte of the next value, '0' for all numbers, and 0
// where no value begins.
func (d *Decoder) Kind() byte {
	switch c := d.peek(); c {
	case '{', '[', '"', 't', 'f', 'n':
		return c
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return '0'
	}
	return 0
}

// open enters the array or object that begins at the next byte.
func (d *Decoder) open(index int) bool {
	if len(d.frames) == maxDepth { //check:depth
		return d.fail(d.pos, "nested too deeply")
	}
	d.pos++
	d.frames = append(d.frames, frame{name: -1, index: index, names: d.names.size()})
	return true
}

// close leaves the innermost array or object, which ends at the next byte.
func (d *Decoder) close() {
	d.pos++
	top := len(d.frames) - 1
	if names := d.frames[top].names; names != d.names.size() {
		d.names.truncate(names)
	}
	d.frames = d.frames[:top]
}
