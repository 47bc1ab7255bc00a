package hosttest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/example/existing/api"
)

// Gunzip checks that a body which the host unpacks arrives whole, though its
// length is that of the packed one.
func Gunzip(t *testing.T, n New) {
	s := start(t, n)
	var got int
	s.store.put = func(_ context.Context, n api.Note) error {
		got = len(n.Text)
		return nil
	}
	const size = 100_000
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if _, err := io.WriteString(zip, `{"text":"`+strings.Repeat("x", size)+`"}`); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	r := s.request(t, http.MethodPut, "/api/notes/n1", &packed)
	r.Header.Set("Content-Encoding", "gzip")
	if a := s.do(t, r); a.status != http.StatusOK || got != size {
		t.Errorf("got %d %s and %d bytes", a.status, a.body, got)
	}
}

// HostTimeout checks that a handler learns of the host's own limit, and that the
// host's answer is the one that goes out.
func HostTimeout(t *testing.T, n New, status int, body string) {
	s := start(t, n)
	learned := make(chan error, 1)
	s.store.put = func(ctx context.Context, _ api.Note) error {
		<-ctx.Done()
		learned <- ctx.Err()
		return ctx.Err()
	}
	s.send(t, http.MethodPut, "/api/notes/n1", `{"text":"x"}`).want(t, status, body)
	if err := <-learned; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the handler has got %v", err)
	}
}
