package account

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/apigen-go/apigen/runtime/auth"
)

//snippet:contextkeys

// ContextKeys puts claims where logic written for go-zero looks for them.
func ContextKeys(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if me, ok := auth.From[Session](r.Context()); ok {
			userID := json.Number(strconv.FormatInt(me.UserID, 10))
			r = r.WithContext(context.WithValue(r.Context(), "userId", userID)) //lint:ignore SA1029 go-zero's keys are strings
		}
		next.ServeHTTP(w, r)
	})
}

//snippet:end
