package seed

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"
)

// byHand is the same service as people write it on net/http, encoding/json
// and golang-jwt, with the same limits and rules.
func byHand(secret string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /user/login", func(w http.ResponseWriter, r *http.Request) {
		var req LoginReq
		if !readJSON(w, r, &req) {
			return
		}
		if n := utf8.RuneCountInString(req.Username); n < 3 || n > 64 {
			http.Error(w, "username", http.StatusUnprocessableEntity)
			return
		}
		if n := utf8.RuneCountInString(req.Password); n < 8 || n > 72 {
			http.Error(w, "password", http.StatusUnprocessableEntity)
			return
		}
		resp, err := login(&req)
		if err != nil {
			http.Error(w, "bad credentials", http.StatusUnauthorized)
			return
		}
		writeJSON(w, resp)
	})
	mux.Handle("POST /user/info", requireToken(secret, func(w http.ResponseWriter, r *http.Request) {
		var req InfoReq
		if !readJSON(w, r, &req) {
			return
		}
		c := r.Context().Value(handKey{}).(*handClaims)
		resp, err := info(c.UserID, c.Name, &req)
		if err != nil {
			http.Error(w, "error", http.StatusInternalServerError)
			return
		}
		writeJSON(w, resp)
	}))
	return mux
}

type handClaims struct {
	jwt.RegisteredClaims
	UserID string `json:"userId"`
	Name   string `json:"name"`
}

type handKey struct{}

func requireToken(secret string, next http.HandlerFunc) http.Handler {
	key := []byte(secret)
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		c := new(handClaims)
		if _, err := parser.ParseWithClaims(token, c, func(*jwt.Token) (any, error) { return key, nil }); err != nil {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		next(w, r.WithContext(context.WithValue(r.Context(), handKey{}, c)))
	})
}

func readJSON(w http.ResponseWriter, r *http.Request, v any) bool {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	err := dec.Decode(v)
	if errors.Is(err, io.EOF) {
		return true
	}
	if err != nil || dec.More() {
		http.Error(w, "bad request", http.StatusBadRequest)
		return false
	}
	return true
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
