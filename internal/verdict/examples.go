package verdict

import (
	"context"
	"net/http"
	"path/filepath"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/guide/shop"
	user "github.com/apigen-go/apigen/example/user/api"
	"github.com/apigen-go/apigen/example/user/store"
	"github.com/apigen-go/apigen/runtime/auth"
)

func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

func userService(dir string) (string, http.Handler, http.Header, error) {
	const folder = "example/user/api"
	const cheapest = 4 // of bcrypt
	users, err := store.Open(filepath.Join(dir, "users.db"), cheapest)
	if err != nil {
		return folder, nil, nil, err
	}
	c := user.Config{Auth: auth.Config{AccessSecret: secret("u"), AccessExpire: 3600}}
	tokens, err := user.NewAuthIssuer(c)
	if err != nil {
		return folder, nil, nil, err
	}
	handler, err := user.NewHandler(c, user.Handlers{Public: &user.Public{Users: users, Tokens: tokens}, Account: &user.Account{Users: users}}, quiet)
	if err != nil {
		return folder, nil, nil, err
	}
	session := user.Session{UserID: "u1"}
	session.Subject = "u1"
	token, _, err := tokens.Access(context.Background(), &session)
	return folder, handler, bearer(token), err
}

// plenty is a stock that never ends.
type plenty struct{}

func (plenty) Take(context.Context, string, int) error { return nil }

func shopService(string) (string, http.Handler, http.Header, error) {
	const folder = "example/guide/shop"
	c := shop.Config{Auth: auth.Config{AccessSecret: secret("s"), AccessExpire: 3600}}
	tokens, err := shop.NewAuthIssuer(c)
	if err != nil {
		return folder, nil, nil, err
	}
	handler, err := shop.NewHandler(c, shop.Handlers{Catalog: &shop.Catalog{}, Orders: &shop.Orders{Stock: plenty{}}}, quiet)
	if err != nil {
		return folder, nil, nil, err
	}
	session := shop.Session{Customer: "c1"}
	session.Subject, session.Scope = "c1", auth.Scopes{"orders:write"}
	token, _, err := tokens.Access(context.Background(), &session)
	return folder, handler, bearer(token), err
}

// board keeps no notes and finds one under every name.
type board struct{}

func (board) Put(context.Context, api.Note) error { return nil }

func (board) Get(_ context.Context, owner int64, id string) (api.Note, error) {
	return api.Note{ID: id, Owner: owner, Text: "a note"}, nil
}

func (board) Lines(_ context.Context, _ int64, _ string, yield func(string) error) error {
	return yield("a line")
}

func notesService(string) (string, http.Handler, http.Header, error) {
	const folder = "example/existing/api"
	c := api.Config{Auth: auth.Config{AccessSecret: secret("n"), AccessExpire: 3600}}
	tokens, err := api.NewAuthIssuer(c)
	if err != nil {
		return folder, nil, nil, err
	}
	handler, err := api.NewHandler(c, api.Handlers{Notes: &api.Notes{Store: board{}}, Public: &api.Public{Version: "1"}}, quiet)
	if err != nil {
		return folder, nil, nil, err
	}
	session := api.Session{UserID: 7}
	session.Subject = "7"
	token, _, err := tokens.Access(context.Background(), &session)
	return folder, handler, bearer(token), err
}
