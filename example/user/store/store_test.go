package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/apigen-go/apigen/example/user/store"
)

var alice = store.User{ID: "u1", Username: "alice", Name: "Alice"}

func open(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path, bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestAuthenticate(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "users.db"))
	long := strings.Repeat("x", 72)
	for u, password := range map[store.User]string{
		alice: "wonderland",
		{ID: "u2", Username: "longo", Name: "Longo"}: long,
	} {
		if err := s.Add(u, password); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name, username, password string
		want                     string
	}{
		{"right", "alice", "wonderland", "u1"},
		{"wrong password", "alice", "Wonderland", ""},
		{"empty password", "alice", "", ""},
		{"unknown user", "bob", "wonderland", ""},
		{"other case", "Alice", "wonderland", ""},
		{"the ID is no user name", "u1", "wonderland", ""},
		{"empty user name", "", "wonderland", ""},
		{"the decoy opens nothing", "bob", "no user has this password", ""},
		{"72 bytes", "longo", long, "u2"},
		{"what follows 72 bytes counts", "longo", long + "y", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := s.Authenticate(tt.username, tt.password)
			if tt.want == "" {
				if !errors.Is(err, store.ErrNoMatch) || got != (store.User{}) {
					t.Fatalf("got %+v, %v; want ErrNoMatch", got, err)
				}
				return
			}
			if err != nil || got.ID != tt.want {
				t.Fatalf("got %+v, %v; want user %s", got, err, tt.want)
			}
		})
	}
}

func TestAddRefuses(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "users.db"))
	if err := s.Add(alice, "wonderland"); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		user     store.User
		password string
	}{
		{"user name taken", store.User{ID: "u2", Username: "alice"}, "password"},
		{"ID taken", store.User{ID: "u1", Username: "bob"}, "password"},
		{"no ID", store.User{Username: "bob"}, "password"},
		{"no user name", store.User{ID: "u2"}, "password"},
		{"password too long", store.User{ID: "u2", Username: "bob"}, strings.Repeat("x", 73)},
	} {
		if err := s.Add(tt.user, tt.password); err == nil {
			t.Errorf("%s: added", tt.name)
		}
	}
	if u, err := s.ByID("u2"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("ByID(u2) = %+v, %v; want ErrNotFound", u, err)
	}
	if u, err := s.ByID("u1"); err != nil || u != alice {
		t.Errorf("ByID(u1) = %+v, %v; want alice", u, err)
	}
}

func TestFileKeepsUsersAndNoPasswords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.db")
	s, err := store.Open(path, bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	if empty, err := s.Empty(); err != nil || !empty {
		t.Fatalf("Empty() = %t, %v on a new file", empty, err)
	}
	if err := s.Add(alice, "wonderland"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "wonderland") {
		t.Error("the file holds the password")
	}
	s = open(t, path)
	if empty, err := s.Empty(); err != nil || empty {
		t.Errorf("Empty() = %t, %v after a user was added", empty, err)
	}
	if u, err := s.Authenticate("alice", "wonderland"); err != nil || u != alice {
		t.Errorf("Authenticate = %+v, %v; want alice", u, err)
	}
}

// An answer that comes at once would say which user names exist.
func TestUnknownUserTakesAsLong(t *testing.T) {
	s, err := store.Open(filepath.Join(t.TempDir(), "users.db"), 8)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Add(alice, "wonderland"); err != nil {
		t.Fatal(err)
	}
	best := func(username string) time.Duration {
		least := time.Hour
		for range 5 {
			start := time.Now()
			if _, err := s.Authenticate(username, "wrong password"); !errors.Is(err, store.ErrNoMatch) {
				t.Fatal(err)
			}
			least = min(least, time.Since(start))
		}
		return least
	}
	known, unknown := best("alice"), best("bob")
	if unknown < known/3 {
		t.Errorf("an unknown user is answered in %v, a wrong password in %v", unknown, known)
	}
}

func TestFileInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.db")
	s, err := store.Open(path, bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := store.Open(path, bcrypt.MinCost); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("got %v, want an error that says why", err)
	}
}
