package user

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth"
)

func call(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestLogin(t *testing.T) {
	c := Config{Auth: auth.Config{AccessSecret: strings.Repeat("k", 32), AccessExpire: 60}}
	tokens, err := NewAuthIssuer(c)
	if err != nil {
		t.Fatal(err)
	}
	h, err := NewHandler(c, Handlers{Public: &Public{Tokens: tokens}, Account: &Account{}})
	if err != nil {
		t.Fatal(err)
	}
	w := call(h, "POST", "/user/login", `{"username":"alice","password":"correct horse"}`)
	var resp LoginResp
	if err := json.Unmarshal(w.Body.Bytes(), &resp); err != nil || w.Code != 200 || resp.AccessToken == "" {
		t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	w = call(h, "POST", "/user/info", ``, "Authorization", "Bearer "+resp.AccessToken)
	if w.Code != 200 || w.Body.String() != `{"name":"alice","tags":[]}` {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for _, tt := range []struct {
		path, body string
		status     int
		want       string
	}{
		{"/user/info", ``, 401, `"status":401`},
		{"/user/login", `{"username":"alice","password":"wrong horse"}`, 401, `"code":"bad_credentials"`},
		{"/user/login", `{"username":"al","password":"x","more":1}`, 422, `"pointer":"/username","in":"body","code":"min"`},
		{"/user/login", `{"username":null}`, 422, `"pointer":"/password","in":"body","code":"missing"`},
		{"/user/login", ``, 422, `missing`},
		{"/user/login", `{"username":"a","username":"b"}`, 400, `duplicate`},
	} {
		w := call(h, "POST", tt.path, tt.body)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s %s: %d %s, want %d with %s", tt.path, tt.body, w.Code, w.Body, tt.status, tt.want)
		}
	}
	if _, err := NewHandler(Config{}, Handlers{}); err == nil || !strings.Contains(err.Error(), "Handlers.Public") || !strings.Contains(err.Error(), "Auth") {
		t.Errorf("an incomplete service was accepted: %v", err)
	}
}
