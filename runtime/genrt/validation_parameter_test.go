package genrt

import (
	"errors"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

func TestValidationParameter(t *testing.T) {
	c := new(Call)
	x := c.Validation()
	x.Enter("a")
	x.Check(errors.New("is odd"))
	x.Leave()
	x.EnterParameter("tags")
	x.Index(3)
	x.Check(runtime.Invalid("/x", "code", "is no tag"))
	x.Leave()
	x.LeaveParameter("query")
	x.Check(errors.New("does not fit"))
	want := []runtime.FieldError{
		{Pointer: "/a", Code: "validate", Detail: "is odd"},
		{Parameter: "tags", In: "query", Code: "code", Detail: "is no tag"},
		{Code: "validate", Detail: "does not fit"},
	}
	if len(c.issues) != len(want) {
		t.Fatalf("got %v", c.issues)
	}
	for i := range want {
		if c.issues[i] != want[i] {
			t.Errorf("got %+v, want %+v", c.issues[i], want[i])
		}
	}
}
