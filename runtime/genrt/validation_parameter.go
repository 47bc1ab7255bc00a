package genrt

// EnterParameter goes into the value of the parameter called name.
func (x *Validation) EnterParameter(name string) {
	x.path = append(x.path, step{name: name, index: len(x.c.issues)})
}

// LeaveParameter goes back out of a parameter, which came from the given part
// of the request: what was reported since belongs to it and not to the body.
func (x *Validation) LeaveParameter(in string) {
	s := x.path[len(x.path)-1]
	x.path = x.path[:len(x.path)-1]
	for i := s.index; i < len(x.c.issues); i++ {
		e := &x.c.issues[i]
		if e.Parameter == "" {
			e.Parameter, e.In, e.Pointer = s.name, in, ""
		}
	}
}
