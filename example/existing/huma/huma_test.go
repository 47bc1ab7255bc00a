package huma_test

import (
	"net/http"
	"testing"

	"github.com/apigen-go/apigen/example/existing/huma"
	"github.com/apigen-go/apigen/example/existing/internal/hosttest"
)

func TestRegistered(t *testing.T) {
	hosttest.Host(t, huma.New)
	hosttest.Routes(t, huma.New, true)
	hosttest.Paths(t, huma.New, true)
	hosttest.HostPrefix(t, huma.New, http.StatusNotFound, http.StatusNotFound)
	hosttest.Head(t, huma.New)
	hosttest.Panics(t, huma.New, true)
}

// What is answered differently, as the documentation says.
func TestBefore(t *testing.T) {
	hosttest.Before(t, huma.New, "/huma/notes/n1", []hosttest.Case{
		{Name: "fits", Body: `{"text":"x"}`, ContentType: "application/json", Before: 200, After: 200},
		{Name: "missing", Body: `{}`, ContentType: "application/json", Before: 422, After: 422},
		{Name: "wrong type", Body: `{"text":1}`, ContentType: "application/json", Before: 422, After: 422},
		{Name: "null", Body: `{"text":null}`, ContentType: "application/json", Before: 422, After: 422},
		{Name: "not JSON", Body: `{"text":`, ContentType: "application/json", Before: 400, After: 400},
		{Name: "unknown member", Body: `{"text":"x","more":1}`, ContentType: "application/json", Before: 422, After: 200},
		{Name: "member twice", Body: `{"text":"x","text":"y"}`, ContentType: "application/json", Before: 200, After: 400},
		{Name: "something behind", Body: `{"text":"x"} {}`, ContentType: "application/json", Before: 400, After: 400},
		{Name: "another type", Body: `{"text":"x"}`, ContentType: "text/plain", Before: 415, After: 415},
	})
}
