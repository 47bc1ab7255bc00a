package shapes

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth"
)

func TestShapes(t *testing.T) {
	config := BlogConfig{
		Admin: auth.Config{AccessSecret: strings.Repeat("a", 32), AccessExpire: 60},
		Auth:  auth.Config{AccessSecret: strings.Repeat("b", 32), AccessExpire: 60},
	}
	posts := new(Posts)
	h, err := NewBlogHandler(config, BlogHandlers{Posts: posts, Store: empty{}})
	if err != nil {
		t.Fatal(err)
	}
	issuer, err := NewAuthIssuer(config)
	if err != nil {
		t.Fatal(err)
	}
	scoped := &Session{Tenant: "t", Name: "ann"}
	scoped.Scope = auth.Scopes{"posts:read", "posts:write", "files"}
	all, _, err := issuer.Access(t.Context(), scoped)
	if err != nil {
		t.Fatal(err)
	}
	few, _, err := issuer.Access(t.Context(), &Session{Tenant: "t", Name: "bob"})
	if err != nil {
		t.Fatal(err)
	}
	nameless, _, err := issuer.Access(t.Context(), &Session{Tenant: "t"})
	if err != nil {
		t.Fatal(err)
	}
	admins, err := auth.NewIssuer[auth.Claims](config.Admin)
	if err != nil {
		t.Fatal(err)
	}
	admin := new(auth.Claims)
	admin.Subject = "root"
	word, _, err := admins.Access(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		method, path, body string
		header, value      string
		status             int
		answer             string
		log                []string
	}{
		{"POST", "/a", `{"name":"n"}`, "", "", 401, "", nil},
		{"POST", "/a", `{"name":"n"}`, "Authorization", "Bearer " + few, 204, "", nil},
		{"POST", "/a", `{"name":"n"}`, "Authorization", "Bearer " + nameless, 401, "", nil},
		{"POST", "/b", `{"name":"n"}`, "Authorization", "Bearer " + few, 403, "", nil},
		{"POST", "/b", `{"name":"n"}`, "Authorization", "Bearer " + all, 204, "", []string{"ann n"}},
		{"GET", "/c", "", "", "", 204, "", []string{"anonymous"}},
		{"GET", "/c", "", "Authorization", "Bearer " + all, 204, "", []string{"ann"}},
		{"GET", "/c", "", "Authorization", "Bearer x", 401, "", nil},
		{"GET", "/d/1", "", "", "", 401, "", nil},
		{"GET", "/d/1", "", "Authorization", "Token " + word, 204, "", []string{"audit", "sub root"}},
		{"GET", "/d/1", "", "X-Token", word, 204, "", []string{"audit", "sub root"}},
		{"GET", "/e", "", "", "", 204, "", nil},
		{"GET", "/ws", "", "Authorization", "Bearer " + all, 200, "hello ann", nil},
		{"POST", "/proxy", `{"name":"p"}`, "", "", 418, "p", nil},
		{"POST", "/proxy", `{}`, "", "", 422, "", nil},
		{"GET", "/raw", "", "", "", 202, "", nil},
		{"GET", "/file/a/b", "", "Authorization", "Bearer " + few, 403, "", nil},
		{"GET", "/file/a/b", "", "Authorization", "Bearer " + all, 200, "", []string{"audit", "file a/b"}},
		{"GET", "/dots/a%2f..%2fb", "", "", "", 200, "", []string{"dots a/../b"}},
		{"GET", "/store", "", "", "", 204, "", nil},
	} {
		posts.log = nil
		r := httptest.NewRequest(tt.method, tt.path, strings.NewReader(tt.body))
		if tt.body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		if tt.header != "" {
			r.Header.Set(tt.header, tt.value)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.status || tt.answer != "" && w.Body.String() != tt.answer || !slices.Equal(posts.log, tt.log) {
			t.Errorf("%s %s: %d %s %q, want %d %s %q", tt.method, tt.path, w.Code, w.Body, posts.log, tt.status, tt.answer, tt.log)
		}
		if limited := w.Header().Get("X-Limit") != ""; limited != (tt.path == "/d/1" || tt.path == "/e" || tt.path == "/file/a/b" && tt.status == 200) {
			t.Errorf("%s: the middleware ran: %v", tt.path, limited)
		}
	}
}
