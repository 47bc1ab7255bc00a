package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/apigen-go/apigen/example/user/api"
	"github.com/apigen-go/apigen/example/user/store"
	"github.com/apigen-go/apigen/runtime"
)

// listen opens addr. With a secret for development it refuses addresses that
// other machines can reach, because everyone can sign tokens with it.
func listen(addr string, c config) (net.Listener, error) {
	tcp, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("-addr: %w: write host:port, such as 127.0.0.1:8888", err)
	}
	if c.forDevelopment() && !tcp.IP.IsLoopback() {
		return nil, fmt.Errorf("the access secret is for development only and other machines may reach %s: "+
			"listen on 127.0.0.1, or give a configuration with a secret and users of your own by -f", addr)
	}
	ln, err := net.ListenTCP("tcp", tcp)
	if err != nil {
		return nil, fmt.Errorf("%w: choose another address by -addr", err)
	}
	return ln, nil
}

// newHandler returns the whole service.
func newHandler(c api.Config, users *store.Store, log *slog.Logger) (http.Handler, error) {
	tokens, err := api.NewAuthIssuer(c)
	if err != nil {
		return nil, err
	}
	return api.NewHandler(c, api.Handlers{
		Public:  &api.Public{Users: users, Tokens: tokens},
		Account: &api.Account{Users: users},
	}, runtime.WithLogger(log))
}

// stopTime is how long requests may take to end once the server stops.
const stopTime = 10 * time.Second

// serve answers requests from ln until ctx ends, then takes no more and waits
// for those that have begun.
func serve(ctx context.Context, ln net.Listener, h http.Handler, log *slog.Logger) error {
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      15 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	log.Info("serving", "url", "http://"+ln.Addr().String())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping", "wait", stopTime)
	// The requests that have begun outlive the context that ends the server.
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := srv.Shutdown(wait); err != nil {
		return errors.Join(fmt.Errorf("stop: requests still ran after %v and were cut off: %w", stopTime, err), srv.Close())
	}
	log.Info("stopped")
	return nil
}
