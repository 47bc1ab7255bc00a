package verdict

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/apigen-go/apigen/internal/verdict/wrapped"
	"github.com/apigen-go/apigen/internal/verdict/zoo"
	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/auth"
)

var quiet = runtime.WithLogger(slog.New(slog.DiscardHandler))

func secret(c string) string { return strings.Repeat(c, 32) }

// services builds all servers. What they keep is in dir; root is the folder of
// the repository.
func services(dir, root string) ([]*service, error) {
	var out []*service
	for _, build := range []func(dir string) (string, http.Handler, http.Header, error){zooService, wrappedService, userService, shopService, notesService} {
		folder, handler, credentials, err := build(dir)
		if err != nil {
			return nil, err
		}
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(folder), "openapi.yaml"))
		if err != nil {
			return nil, err
		}
		s, err := newService(folder, text, handler, credentials)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func zooService(string) (string, http.Handler, http.Header, error) {
	const folder = "internal/verdict/zoo"
	c := zoo.Config{
		Auth:    auth.Config{AccessSecret: secret("a"), AccessExpire: 3600, Issuer: "zoo", Audience: []string{"zoo"}},
		Machine: auth.Config{AccessSecret: secret("m"), AccessExpire: 3600, Issuer: "zoo", Audience: []string{"machines"}},
	}
	handler, err := zoo.NewHandler(c, zoo.Handlers{
		Scalars: &zoo.Scalars{}, Shapes: &zoo.Shapes{}, Rules: &zoo.Rules{}, Params: &zoo.Params{}, Bodies: &zoo.Bodies{}, Secured: &zoo.Secured{},
	}, quiet)
	if err != nil {
		return folder, nil, nil, err
	}
	people, err := zoo.NewAuthIssuer(c)
	if err != nil {
		return folder, nil, nil, err
	}
	robots, err := zoo.NewMachineIssuer(c)
	if err != nil {
		return folder, nil, nil, err
	}
	session, robot := zoo.Session{}, zoo.Robot{}
	session.Subject, session.Scope = "u1", auth.Scopes{"zoo:read", "zoo:write"}
	robot.Subject = "r1"
	token, _, err := people.Access(context.Background(), &session)
	if err != nil {
		return folder, nil, nil, err
	}
	own, _, err := robots.Access(context.Background(), &robot)
	return folder, handler, http.Header{"Authorization": {"Bearer " + token}, "X-Robot": {own}}, err
}

func wrappedService(string) (string, http.Handler, http.Header, error) {
	handler, err := wrapped.NewHandler(wrapped.Config{}, wrapped.Handlers{Wrapped: &wrapped.Wrapped{}}, quiet)
	return "internal/verdict/wrapped", handler, nil, err
}
