package clash

import (
	std "net/http"
	"net/http/httptest"
	"strings"
	"testing"

	auth2 "github.com/apigen-go/apigen/runtime/auth"
)

func TestClash(t *testing.T) {
	config := Config{API: auth2.Config{AccessSecret: strings.Repeat("k", 32), AccessExpire: 60}}
	tokens, err := auth2.NewIssuer[auth2.Claims](config.API)
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := tokens.Access(t.Context(), new(auth2.Claims))
	if err != nil {
		t.Fatal(err)
	}
	body := `{"req":{"v":{"k":[{"a":"aa"}]}},"c":[{"b":"b"}],"third":{"b":null}}`
	for _, tt := range []struct {
		err    error
		body   string
		status int
		want   string
	}{
		{nil, body, 200, body},
		{nil, strings.Replace(body, "aa", "a", 1), 422, `must have at least 2 characters c v req`},
		{c, body, 404, `"code":"c"`},
		{v, body, 410, `"code":"v"`},
		{&http{"n"}, body, 409, `"name":"n"`},
	} {
		var h std.Handler
		h, err := NewHandler(config, Handlers{Server: &Server{tt.err}, API: new(API)})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", "/get", strings.NewReader(tt.body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%v: %d %s", tt.err, w.Code, w.Body)
		}
	}
}
