package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth/authtest"
)

// The service as it is shipped, over the network, takes no hostile token, and its log
// holds none of them.
func TestAttack(t *testing.T) {
	s := newService(t)
	authtest.Attack(t, authtest.Target{
		Scheme: authtest.Scheme{Config: s.c.Auth, Claims: claims(nil)},
		Request: func() *http.Request {
			r, err := http.NewRequest(http.MethodPost, s.url+"/user/info", strings.NewReader("{}"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			return r
		},
		Logged: s.log.String,
	})
}
