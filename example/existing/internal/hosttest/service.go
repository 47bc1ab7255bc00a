// Package hosttest asks of a service of any kind what has to hold once routes of
// apigen have joined it.
package hosttest

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/host"
	"github.com/apigen-go/apigen/runtime/auth"
)

// patience is how long anything may take that is expected to happen.
const patience = 30 * time.Second

// New makes the service under test.
type New func(c api.Config, h api.Handlers, log host.Log) (http.Handler, error)

// service is a running service and what it shows of itself.
type service struct {
	*httptest.Server
	client *http.Client
	store  *store
	token  string

	mu      sync.Mutex
	entries []host.Entry
	logged  chan struct{}
}

// start runs a service, with the token of user 7.
func start(t *testing.T, n New) *service {
	t.Helper()
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler)) // what fails here does so on purpose
	t.Cleanup(func() { slog.SetDefault(before) })
	s := &service{store: &store{}, logged: make(chan struct{}, 100)}
	c := api.Config{Auth: auth.Config{AccessSecret: strings.Repeat("s", 32)}}
	h := api.Handlers{Public: &api.Public{Version: "v7"}, Notes: &api.Notes{Store: s.store}}
	handler, err := n(c, h, s.log)
	if err != nil {
		t.Fatal(err)
	}
	issuer, err := api.NewAuthIssuer(c)
	if err != nil {
		t.Fatal(err)
	}
	if s.token, _, err = issuer.Access(context.Background(), &api.Session{UserID: 7}); err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(handler)
	t.Cleanup(s.Close)
	s.client = s.Client()
	s.client.Timeout = 2 * patience
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return s
}

// log is the host's.
func (s *service) log(e host.Entry) {
	s.mu.Lock()
	s.entries = append(s.entries, e)
	s.mu.Unlock()
	s.logged <- struct{}{}
}

// entry waits for the next entry of the log.
func (s *service) entry(t *testing.T) host.Entry {
	t.Helper()
	select {
	case <-s.logged:
	case <-time.After(patience):
		t.Fatal("the host has logged nothing")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.entries[0]
	s.entries = s.entries[1:]
	return e
}

// store is a store whose methods do what a test wants of them.
type store struct {
	put   func(ctx context.Context, n api.Note) error
	lines func(ctx context.Context, yield func(string) error) error
}

func (s *store) Put(ctx context.Context, n api.Note) error {
	if s.put == nil {
		return nil
	}
	return s.put(ctx, n)
}

func (s *store) Get(_ context.Context, owner int64, id string) (api.Note, error) {
	if id != "here" {
		return api.Note{}, api.ErrNoNote
	}
	return api.Note{ID: id, Owner: owner, Text: "text"}, nil
}

func (s *store) Lines(ctx context.Context, _ int64, _ string, yield func(string) error) error {
	return s.lines(ctx, yield)
}
