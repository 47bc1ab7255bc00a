package genrt

import (
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

func fieldError(pointer, code, detail string) string {
	return `{"pointer":"` + pointer + `","in":"body","code":"` + code + `","detail":"` + detail + `"}`
}

func TestValidation(t *testing.T) {
	s, l := newServer(t)
	inv := runtime.Invalid("/x", "own", "no")
	tests := []struct {
		name   string
		check  func(*Validation)
		status int
		body   string
	}{
		{"nil", func(x *Validation) { x.Check(nil); x.CheckContext(nil) }, 200, `{"name":"ok"}`},
		{"text", func(x *Validation) { x.Check(errors.New("bad")) }, 422, doc422(fieldError("", "validate", "bad"))},
		{"inner", func(x *Validation) {
			x.Enter("a/b~c")
			x.Index(3)
			x.Check(errors.New("bad"))
			x.Leave()
			x.Leave()
			x.Check(errors.New("worse"))
		}, 422, doc422(fieldError("/a~1b~0c/3", "validate", "bad") + "," + fieldError("", "validate", "worse"))},
		{"rule", func(x *Validation) { x.Enter("m"); x.Check(inv) }, 422, doc422(fieldError("/m/x", "own", "no"))},
		{"wrapped rule", func(x *Validation) { x.CheckContext(fmt.Errorf("why: %w", inv)) }, 422, doc422(fieldError("/x", "own", "no"))},
		{"joined rules", func(x *Validation) { x.CheckContext(errors.Join(inv, inv)) }, 422, doc422(fieldError("/x", "own", "no") + "," + fieldError("/x", "own", "no"))},
		{"joined mix", func(x *Validation) { x.Check(errors.Join(inv, errors.New("bad"))) }, 422, doc422(fieldError("/x", "own", "no") + "," + fieldError("", "validate", "bad"))},
		{"a sentence of two", func(x *Validation) { x.Check(fmt.Errorf("%w and %w", io.EOF, io.ErrClosedPipe)) }, 422, doc422(fieldError("", "validate", "EOF and io: read/write on closed pipe"))},
		{"of a parameter", func(x *Validation) {
			x.Check(runtime.FieldError{Parameter: "p", In: "query", Code: "own", Detail: "no"})
		}, 422, doc422(queryError("p", "own", "no"))},
		{"other error", func(x *Validation) { x.CheckContext(io.EOF); x.Check(inv) }, 500, doc500},
		{"rule and other error", func(x *Validation) { x.CheckContext(errors.Join(inv, io.EOF)) }, 500, doc500},
		{"two verbs", func(x *Validation) { x.CheckContext(fmt.Errorf("%w %w", inv, io.EOF)) }, 500, doc500},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := l.records()
			w := serve(route(s, func(c *Call) {
				if !c.ReadBody(10) {
					return
				}
				x := c.Validation()
				if x.Context() != c.Context() {
					t.Error("another context")
				}
				tt.check(x)
				if c.Checked() {
					sendName(c, 200, "ok")
				}
			}), httptest.NewRequest("POST", "/", nil))
			wantAnswer(t, w, tt.status, tt.body)
			if logged := l.records() - before; (logged == 1) != (tt.status == 500) {
				t.Errorf("logged %d times", logged)
			}
		})
	}
	t.Run("without a body", func(t *testing.T) {
		w := serve(route(s, func(c *Call) {
			c.Validation().Check(errors.Join(errors.New("bad"), inv))
			c.Checked()
		}), httptest.NewRequest("GET", "/", nil))
		wantAnswer(t, w, 422, doc422(`{"code":"validate","detail":"bad"},{"pointer":"/x","code":"own","detail":"no"}`))
	})
	t.Run("the route takes the error", func(t *testing.T) {
		w := serve(route(s, func(c *Call) {
			c.Validation().CheckContext(io.EOF)
			if !c.Checked() && c.Err() == io.EOF {
				c.Declared(c.Err(), 404, "gone", "")
			}
		}), httptest.NewRequest("GET", "/", nil))
		wantAnswer(t, w, 404, doc("404", "Not Found", `,"code":"gone"`))
	})
}
