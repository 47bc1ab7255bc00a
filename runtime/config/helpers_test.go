package config

import (
	"errors"
	"flag"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

var update = flag.Bool("update", false, "rewrite the messages in testdata/broken")

const (
	secret = marked + "-0123456789-0123456789"
	// marked begins every value of testdata that no message may hold.
	marked = "marked-secret"
)

// settings is a configuration as a service has it.
type settings struct {
	Server
	generated
	Users []user
	DSN   Secret `json:"dsn"`
	Every time.Duration
	Any   any
	Flags map[string]bool
	Ratio *float64
}

// generated is what apigen writes for a service with one scheme.
type generated struct {
	Auth auth.Config `json:"Auth" yaml:"Auth"`
}

func (g generated) Validate() error {
	return auth.ValidateSchemes(auth.Named{Name: "Auth", Config: g.Auth})
}

type user struct {
	ID   string
	Age  int8
	Tags []string
}

// mistakes loads text that must not load.
func mistakes(t *testing.T, name, text string, opts ...Option) Errors {
	t.Helper()
	var c settings
	err := Parse(name, []byte(text), &c, append([]Option{Environ(nil)}, opts...)...)
	var all Errors
	if !errors.As(err, &all) {
		t.Fatalf("got %v, want mistakes", err)
	}
	return all
}
