package runtime_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

// all puts every middleware around h, as a service would.
func all(h http.Handler, log *slog.Logger) http.Handler {
	for _, around := range []func(http.Handler) http.Handler{
		runtime.Gunzip(1 << 20),
		runtime.MaxInFlight(100),
		runtime.Recover,
		runtime.AccessLog(log),
		runtime.RequestID,
		runtime.TrustProxies(prefixes("127.0.0.0/8", "::1/128")...),
	} {
		h = around(h)
	}
	return h
}

// serve runs h behind all middlewares, over HTTP/1.1 or HTTP/2. What was logged
// is complete once the server is closed.
func serve(t *testing.T, h http.Handler, http2 bool) (*httptest.Server, *lockedBuffer) {
	t.Helper()
	logs(t)
	log := &lockedBuffer{}
	srv := httptest.NewUnstartedServer(all(h, slog.New(slog.NewTextHandler(log, nil))))
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo)
	if srv.EnableHTTP2 = http2; http2 {
		srv.StartTLS()
	} else {
		srv.Start()
	}
	t.Cleanup(srv.Close)
	return srv, log
}

// Deadlines, flushing and full duplex are asked for through all of them.
func TestAllController(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprint("http2=", http2), func(t *testing.T) {
			srv, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				rc := http.NewResponseController(w)
				full := rc.EnableFullDuplex()
				if r.ProtoMajor == 2 && errors.Is(full, http.ErrNotSupported) {
					full = nil // it is always on there
				}
				if err := errors.Join(rc.SetReadDeadline(time.Now().Add(time.Minute)), rc.SetWriteDeadline(time.Time{}), full); err != nil {
					http.Error(w, err.Error(), http.StatusTeapot)
					return
				}
				w.WriteHeader(http.StatusEarlyHints)
				for in := bufio.NewScanner(r.Body); in.Scan(); {
					fmt.Fprintln(w, "got", in.Text())
					if err := rc.Flush(); err != nil {
						panic(err)
					}
				}
			}), http2)
			pr, pw := io.Pipe()
			req, err := http.NewRequest("POST", srv.URL, pr)
			if err != nil {
				t.Fatal(err)
			}
			sent := make(chan error, 1)
			go func() {
				_, err := io.WriteString(pw, "one\n")
				sent <- err
			}()
			resp, err := srv.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if err := <-sent; err != nil || resp.StatusCode != http.StatusOK {
				t.Fatalf("status %d, %v", resp.StatusCode, err)
			}
			// The answer to the first line is here while the request goes on.
			answer := bufio.NewReader(resp.Body)
			for _, line := range []string{"one", "two"} {
				if got, err := answer.ReadString('\n'); got != "got "+line+"\n" {
					t.Fatalf("got %q, %v", got, err)
				}
				if line == "one" {
					if _, err := io.WriteString(pw, "two\n"); err != nil {
						t.Fatal(err)
					}
				}
			}
			_ = pw.Close()
		})
	}
}

// A connection that changes its protocol does so through all of them.
func TestAllUpgrade(t *testing.T) {
	srv, log := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			http.Error(w, err.Error(), http.StatusTeapot)
			return
		}
		defer conn.Close()
		_, _ = rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
		_ = rw.Flush()
		line, _ := rw.ReadString('\n')
		_, _ = rw.WriteString(line)
		_ = rw.Flush()
		panic("broken") // no answer may be written into the other protocol
	}), false)
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
	r := bufio.NewReader(conn)
	resp, err := http.ReadResponse(r, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("got %v, %v", resp, err)
	}
	fmt.Fprint(conn, "hello\n")
	if rest, _ := io.ReadAll(r); string(rest) != "hello\n" {
		t.Errorf("after the upgrade came %q", rest)
	}
	srv.Close()
	waitFor(t, log, "hijacked=true")
}

// waitFor waits for what a handler logs that the server does not wait for.
func waitFor(t *testing.T, log fmt.Stringer, want string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !strings.Contains(log.String(), want); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s is not in\n%s", want, log)
		}
	}
}

// A panic is a 500 that is logged with its status, its route and its client, and
// the connection serves on.
func TestAllPanic(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		mux := http.NewServeMux()
		mux.HandleFunc("GET /broken/{id}", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "3")
			w.Header().Set("Content-Encoding", "br")
			panic("broken")
		})
		srv, log := serve(t, mux, http2)
		for range 2 {
			req, err := http.NewRequest("GET", srv.URL+"/broken/SECRET", nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("X-Forwarded-For", "203.0.113.1, 198.51.100.7")
			resp, err := srv.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if want := `{"type":"about:blank","title":"Internal Server Error","status":500}`; err != nil || resp.StatusCode != 500 || string(body) != want ||
				resp.Header.Get("Content-Encoding") != "" || resp.Header.Get("X-Request-Id") == "" {
				t.Errorf("got %d %v %s, %v", resp.StatusCode, resp.Header, body, err)
			}
		}
		srv.Close()
		if n := strings.Count(log.String(), `pattern="GET /broken/{id}" client=198.51.100.7`); n != 2 || strings.Contains(log.String(), "SECRET") {
			t.Errorf("logged %s", log)
		}
	}
}

// A file goes out by the means of the operating system, which only the writer of
// net/http knows.
func TestAllReadFrom(t *testing.T) {
	var reached bool
	h := all(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.Copy(w, io.LimitReader(strings.NewReader("12345"), 5))
	}), slog.New(slog.DiscardHandler))
	h.ServeHTTP(readerFrom{httptest.NewRecorder(), &reached}, httptest.NewRequest("GET", "/", nil))
	if !reached {
		t.Error("the writer's ReadFrom was not called")
	}
}

type readerFrom struct {
	*httptest.ResponseRecorder
	called *bool
}

func (r readerFrom) ReadFrom(from io.Reader) (int64, error) {
	*r.called = true
	return io.Copy(r.ResponseRecorder, from)
}

// What handlers keep on disk of a form goes with the request.
func TestAllMultipart(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	srv, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1); err != nil {
			panic(err)
		}
		files, err := os.ReadDir(os.TempDir())
		fmt.Fprint(w, len(files), err)
	}), false)
	pr, pw := io.Pipe()
	form := multipart.NewWriter(pw)
	go func() {
		part, err := form.CreateFormFile("file", "name")
		if err == nil {
			_, err = io.WriteString(part, strings.Repeat("large", 20<<20/5))
		}
		_ = pw.CloseWithError(errors.Join(err, form.Close()))
	}()
	req, err := http.NewRequestWithContext(context.Background(), "POST", srv.URL, pr)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	resp, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if string(body) != "1 <nil>" {
		t.Fatalf("files during the request: %s", body)
	}
	srv.Close() // waits for the request to be over
	if files, err := os.ReadDir(os.TempDir()); err != nil || len(files) != 0 {
		t.Errorf("files are left: %v, %v", files, err)
	}
}
