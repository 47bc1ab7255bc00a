// Command user serves the user API: a login that answers an access token, and
// a profile that asks for one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"golang.org/x/crypto/bcrypt"

	"github.com/apigen-go/apigen/example/user/store"
	"github.com/apigen-go/apigen/runtime/server"
)

func main() {
	// What is logged elsewhere, a warning of the token runtime for one, looks
	// like the server's own lines.
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	switch err := run(context.Background(), os.Args[1:], os.Stderr); {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "user:", err)
		os.Exit(1)
	}
}

// errUsage means wrong flags, which have been reported.
var errUsage = errors.New("wrong flags")

// run serves until ctx ends or a signal comes.
func run(ctx context.Context, args []string, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("user", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "", "`address` to listen on (default: Host and Port of the configuration)")
	file := flags.String("f", "", "configuration `file` (default: the one in the program)")
	db := flags.String("db", "", "`file` that keeps the users (default: a temporary one)")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil {
		return errUsage
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "user: unexpected argument %q: only flags are taken\n", flags.Arg(0))
		return errUsage
	}

	c, err := loadConfig(*file)
	if err != nil {
		return err
	}
	if *addr == "" {
		*addr = c.Addr()
	}
	if err := c.mayListen(*addr); err != nil {
		return err
	}
	users, err := openUsers(*db, c.Users)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, users.Close()) }()
	log := slog.New(slog.NewTextHandler(stderr, nil))
	h, err := newHandler(c.Config, users.Store, log)
	if err != nil {
		return err
	}
	return server.Run(ctx, c.Server, h, server.WithAddr(*addr), server.WithLogger(log), server.WithHealth())
}

// userStore is a store and what has to go when it is closed.
type userStore struct {
	*store.Store
	dir string
}

// openUsers opens the users in the file at path, or in a temporary one where
// path is empty, and adds seeds where there are no users.
func openUsers(path string, seeds []seedUser) (_ *userStore, err error) {
	s := &userStore{}
	if path == "" {
		if s.dir, err = os.MkdirTemp("", "apigen-user-"); err != nil {
			return nil, err
		}
		path = filepath.Join(s.dir, "users.db")
	}
	if s.Store, err = store.Open(path, bcrypt.DefaultCost); err != nil {
		return nil, errors.Join(err, s.removeDir())
	}
	if err := addSeeds(s.Store, seeds); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close closes the store and removes a temporary one.
func (s *userStore) Close() error {
	return errors.Join(s.Store.Close(), s.removeDir())
}

func (s *userStore) removeDir() error {
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}

// addSeeds adds seeds to a store without users. A store that stays empty is an
// error: nobody could ever sign in.
func addSeeds(s *store.Store, seeds []seedUser) error {
	empty, err := s.Empty()
	if err != nil || !empty {
		return err
	}
	if len(seeds) == 0 {
		return errors.New("there is no user yet: add some to the configuration, under Users")
	}
	for _, u := range seeds {
		if err := s.Add(store.User{ID: u.ID, Username: u.Username, Name: u.Name}, u.Password); err != nil {
			return err
		}
	}
	return nil
}
