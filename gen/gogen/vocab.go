package gogen

// The words in which functions are written. A line is given by its parts, as x
// takes them; indentation is left to the formatter.

// L writes a line.
func (f *file) L(parts ...any) { f.line("", parts, "") }

// Blank writes an empty line.
func (f *file) Blank() { f.buf.WriteByte('\n') }

// Doc writes a comment. Whatever text it is given, the lines it writes are
// comments and nothing else.
func (f *file) Doc(text string) {
	for _, line := range commentLines(text) {
		f.buf.WriteString(line)
		f.buf.WriteByte('\n')
	}
}

// Func opens a function, method or type behind an empty line, with a comment
// unless doc is empty.
func (f *file) Func(doc string, head ...any) {
	f.Blank()
	if doc != "" {
		f.Doc(doc)
	}
	f.line("", head, " {")
}

// If opens a branch.
func (f *file) If(cond ...any) { f.line("if ", cond, " {") }

// ElseIf closes a branch and opens the next.
func (f *file) ElseIf(cond ...any) { f.line("} else if ", cond, " {") }

// Else closes a branch and opens the last.
func (f *file) Else() { f.L("} else {") }

// For opens a loop.
func (f *file) For(head ...any) { f.line("for ", head, " {") }

// Switch opens a switch.
func (f *file) Switch(tag ...any) { f.line("switch ", tag, " {") }

// Case opens a clause of a switch.
func (f *file) Case(values ...any) { f.line("case ", values, ":") }

// Default opens the last clause of a switch.
func (f *file) Default() { f.L("default:") }

// Return writes a return statement.
func (f *file) Return(values ...any) {
	if len(values) == 0 {
		f.L("return")
		return
	}
	f.line("return ", values, "")
}

// End closes a block.
func (f *file) End() { f.L("}") }
