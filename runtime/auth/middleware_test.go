package auth

import (
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"
)

// What stands around the check sees the route that a mux behind it chose, and
// net/http the form whose files it removes, although the handler has a copy of
// the request.
func TestMiddlewareGivesBack(t *testing.T) {
	form := &multipart.Form{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /notes/{id}", func(_ http.ResponseWriter, r *http.Request) {
		if _, ok := From[session](r.Context()); !ok {
			t.Error("the handler has no claims")
		}
		r.MultipartForm = form
	})
	r := httptest.NewRequest("POST", "/notes/1", nil)
	r.Header.Set("Authorization", "Bearer "+mint(plainHead, claimsText()))
	verifierOf[session](t, Config{}).Middleware()(mux).ServeHTTP(httptest.NewRecorder(), r)
	if r.Pattern != "POST /notes/{id}" || r.MultipartForm != form {
		t.Errorf("outside the pattern is %q and the form %v", r.Pattern, r.MultipartForm)
	}
}
