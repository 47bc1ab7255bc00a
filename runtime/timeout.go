package runtime

import "errors"

// ErrTimeout is the context.Cause of a handler's context once the time that
// the route's timeout= allows has run out. The context's Err is
// context.DeadlineExceeded then, as usual; only this cause tells the route's
// own limit from one that somebody else set.
var ErrTimeout = errors.New("the timeout of the route ran out")
