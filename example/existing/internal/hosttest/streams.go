package hosttest

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/apigen-go/apigen/example/existing/api"
)

// Panics checks that a panic of a handler is a problem, before the host's own
// recovery learns of it.
func Panics(t *testing.T, n New, inside bool) {
	s := start(t, n)
	s.store.put = func(context.Context, api.Note) error { panic("of the store") }
	a := s.send(t, http.MethodPut, "/api/notes/n1", `{"text":"x"}`)
	a.wantProblem(t, http.StatusInternalServerError)
	if inside {
		wantEntry(t, s, a, http.MethodPut, "/api/notes/n1", "PUT /api/notes/{id}", http.StatusInternalServerError)
	}
}

// Aborts checks that half an answer is not taken for a whole one, whatever the
// host does with the panic that net/http wants for it.
func Aborts(t *testing.T, n New) {
	for name, fail := range map[string]func() error{
		"error":           func() error { return errors.New("the rest is gone") },
		"panic":           func() error { panic("in the middle") },
		"ErrAbortHandler": func() error { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, n)
			s.store.lines = func(_ context.Context, yield func(string) error) error {
				if err := yield("one"); err != nil {
					return err
				}
				return fail()
			}
			resp, err := s.client.Do(s.request(t, http.MethodGet, "/api/notes/n1/lines", nil))
			if err != nil {
				return // nothing arrived, which is not taken for a whole answer
			}
			defer resp.Body.Close()
			lines := bufio.NewScanner(resp.Body)
			for lines.Scan() {
				continue
			}
			if lines.Err() == nil {
				t.Errorf("the answer of status %d seems to be whole", resp.StatusCode)
			}
		})
	}
}

// Flushes checks that what a handler flushes arrives while the handler goes on.
func Flushes(t *testing.T, n New) {
	s := start(t, n)
	next := make(chan struct{})
	s.store.lines = func(_ context.Context, yield func(string) error) error {
		if err := yield("one"); err != nil {
			return err
		}
		<-next
		return yield("two")
	}
	resp, err := s.client.Do(s.request(t, http.MethodGet, "/api/notes/n1/lines", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	if !lines.Scan() || lines.Text() != "one" {
		t.Fatalf("got %q %v", lines.Text(), lines.Err())
	}
	close(next)
	if !lines.Scan() || lines.Text() != "two" || lines.Scan() || lines.Err() != nil {
		t.Fatalf("got %q %v", lines.Text(), lines.Err())
	}
}

// Leaving checks that the handler learns when the client has left.
func Leaving(t *testing.T, n New) {
	s := start(t, n)
	left := make(chan error, 1)
	s.store.lines = func(ctx context.Context, yield func(string) error) error {
		if err := yield("one"); err != nil {
			return err
		}
		<-ctx.Done()
		left <- context.Cause(ctx)
		return ctx.Err()
	}
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	resp, err := s.client.Do(s.request(t, http.MethodGet, "/api/notes/n1/lines", nil).WithContext(ctx))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	leave()
	select {
	case err := <-left:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	case <-time.After(patience):
		t.Error("the handler has not learned that the client left")
	}
}
