package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain runs main itself where a test has started this binary for it.
func TestMain(m *testing.M) {
	if os.Getenv("RUN_USER_MAIN") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

var serving = regexp.MustCompile(`msg=serving url=(\S+)`)

// waitFor returns the address that the log names.
func waitFor(t *testing.T, log *syncBuffer) string {
	t.Helper()
	for range 200 {
		if m := serving.FindStringSubmatch(log.String()); m != nil {
			return strings.TrimPrefix(m[1], "http://")
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the server does not say that it serves:\n%s", log)
	return ""
}

// A request that has begun is answered after the server was told to stop.
func TestGracefulStop(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	log := &syncBuffer{}
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"-addr", "127.0.0.1:0"}, log) }()
	addr := waitFor(t, log)

	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const body = `{"username":"alice","password":"wonderland"}`
	fmt.Fprintf(conn, "POST /user/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", len(body))
	answers := bufio.NewReader(conn)
	// The server asks for the body: the handler is running.
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v; want 100 Continue", line, err)
	}
	if _, err := answers.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	stop()
	for range 200 {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			break // no new connections
		}
		c.Close()
		time.Sleep(10 * time.Millisecond)
	}
	select {
	case err := <-done:
		t.Fatalf("the server is gone before it has answered: %v", err)
	default:
	}
	if _, err := io.WriteString(conn, body); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("status %d, want 200", resp.StatusCode)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signals can be sent on windows")
	}
	temp := t.TempDir()
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		log := &syncBuffer{}
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-addr", "127.0.0.1:0")
		cmd.Env = append(os.Environ(), "RUN_USER_MAIN=1", "TMPDIR="+temp)
		cmd.Stderr = log
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		waitFor(t, log)
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v: %v\n%s", sig, err, log)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
		t.Errorf("the temporary store is left: %q", left)
	}
}

func TestDevelopmentSecretStaysOnLoopback(t *testing.T) {
	c, err := loadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	own := c
	own.Auth.AccessSecret = "a secret of the tests with thirty-two bytes and more"
	previous := own
	previous.Auth.PrevSecrets = []string{c.Auth.AccessSecret}
	for _, tt := range []struct {
		name, addr string
		c          settings
		ok         bool
	}{
		{"loopback", "127.0.0.1:0", c, true},
		{"localhost", "localhost:0", c, true},
		{"every address", ":0", c, false},
		{"every IPv4 address", "0.0.0.0:0", c, false},
		{"every IPv6 address", "[::]:0", c, false},
		{"another machine's", "192.0.2.1:0", c, false},
		{"as a previous secret", ":0", previous, false},
		{"own secret", ":0", own, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.c.mayListen(tt.addr)
			switch {
			case tt.ok && err != nil:
				t.Error(err)
			case !tt.ok && (err == nil || !strings.Contains(err.Error(), "for development only")):
				t.Errorf("got %v, want a refusal of the secret", err)
			}
		})
	}
	if err := run(t.Context(), []string{"-addr", "0.0.0.0:0"}, io.Discard); err == nil || !strings.Contains(err.Error(), "for development only") {
		t.Errorf("run: got %v, want a refusal of the secret", err)
	}
}

func TestConfigFile(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"short secret", `{"Auth":{"AccessSecret":"too short","AccessExpire":60}}`, "32"},
		{"no secret", `{}`, "AccessSecret"},
		{"unknown key", `{"Auht":{}}`, "Auht"},
		{"syntax", `{"Auth":`, "ends too early"},
		{"empty", ``, "the file is empty"},
		{"no object", `[]`, "expected keys with values"},
		{"two objects", `{"Auth":{"AccessSecret":"a secret of the tests with thirty-two bytes and more","AccessExpire":60}} {}`, "follows"},
	} {
		path := filepath.Join(t.TempDir(), "config.json")
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := loadConfig(path)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want an error with %q", tt.name, err, tt.want)
		}
	}
	if _, err := loadConfig(filepath.Join(t.TempDir(), "none.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want os.ErrNotExist", err)
	}
}

func TestFlags(t *testing.T) {
	for _, args := range [][]string{{"-nothing"}, {"argument"}} {
		if err := run(t.Context(), args, io.Discard); !errors.Is(err, errUsage) {
			t.Errorf("%q: got %v, want a usage error", args, err)
		}
	}
}

func TestBusyAddress(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	err = run(t.Context(), []string{"-addr", ln.Addr().String()}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "the port is in use") {
		t.Errorf("got %v, want an error that says so", err)
	}
}

func TestNobodyCouldSignIn(t *testing.T) {
	users, err := openUsers("", nil)
	if err == nil {
		users.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "under Users") {
		t.Errorf("got %v, want an error that says where users are added", err)
	}
}

// Users are added once and stay.
func TestUsersStay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.db")
	for _, seeds := range [][]seedUser{
		{{ID: "u1", Username: "alice", Password: "wonderland"}},
		{{ID: "u2", Username: "bob", Password: "wonderland"}},
	} {
		users, err := openUsers(path, seeds)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := users.Authenticate("alice", "wonderland"); err != nil {
			t.Error(err)
		}
		if _, err := users.Authenticate("bob", "wonderland"); err == nil {
			t.Error("a user was added to a store that has some")
		}
		if err := users.Close(); err != nil {
			t.Error(err)
		}
	}
}

// The file may be YAML, and says where to listen.
func TestYAML(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	text := "Name: user-api\nPort: 9999\nTimeout: 20s\nAuth: {AccessSecret: a secret of the tests with thirty-two bytes and more, AccessExpire: 60}\n" +
		"Users:\n- {ID: u1, Username: alice, Name: Alice, Password: wonderland}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr() != "127.0.0.1:9999" || c.Name != "user-api" || len(c.Users) != 1 || c.Users[0].Username != "alice" {
		t.Errorf("got %s, %q, %d users", c.Addr(), c.Name, len(c.Users))
	}
}
