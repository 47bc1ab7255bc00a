package gogen

// opening is how a statement begins: behind an else, with a variable of its
// own, under a condition. The zero opening is an ordinary statement.
type opening struct {
	els  bool // follows "} else" of an open branch
	init expr // "p := c.Query(...)"
	cond expr // what must hold first
}

// when opens a branch under the opening's condition and the given ones.
func (f *file) when(o opening, conds ...expr) {
	if len(o.cond) > 0 {
		conds = append([]expr{o.cond}, conds...)
	}
	head := join(conds, " && ")
	if head.width() > 110 {
		head = join(conds, " &&\n")
	}
	if len(o.init) > 0 {
		head = x(o.init, "; ", head)
	}
	if o.els {
		f.ElseIf(head)
		return
	}
	f.If(head)
}

// block opens whatever the opening calls for around several statements and
// reports whether it has to be closed.
func (f *file) block(o opening) bool {
	switch {
	case len(o.cond) > 0:
		f.when(o)
	case o.els:
		f.Else()
	default:
		return false
	}
	return true
}

// do writes one statement behind the opening.
func (f *file) do(o opening, stmt expr) {
	open := f.block(o)
	f.L(stmt)
	if open {
		f.End()
	}
}
