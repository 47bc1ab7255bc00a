package checked

import (
	"net/http/httptest"
	"strings"
	"testing"
)

const order = `{"parts":[{"name":"0","code":"c"}],"owner":null,"note":"n","spare":null,"byName":{"a":{"name":"1","code":"c"}},` +
	`"byNum":{"7":[["c"]]},"byAddr":{"::1":{"name":"2","code":"c"}},"pair":[{"name":"3","code":"c"},{"name":"4","code":"c"}],` +
	`"tree":{"part":{"name":"5","code":"c"},"kids":[{"part":{"name":"6","code":"c"}}]}}`

func TestValidate(t *testing.T) {
	h, err := NewHandler(Config{}, Handlers{Orders: new(Orders)})
	if err != nil {
		t.Fatal(err)
	}
	with := func(old, new string) string {
		if !strings.Contains(order, old) {
			t.Fatalf("%s does not occur", old)
		}
		return strings.Replace(order, old, new, 1)
	}
	for _, tt := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", "/orders", order, 204, ""},
		{"POST", "/orders", with(`{"name":"0","code":"c"}`, `{"name":"bad","code":"bad"}`), 422, `"errors":[{"pointer":"/parts/0/code","in":"body","code":"validate","detail":"is bad"},{"pointer":"/parts/0/name","in":"body","code":"taken","detail":"is taken"}]`},
		{"POST", "/orders", with(`[{"name":"0","code":"c"}]`, `[{"name":"0","code":"c"},{"name":"0","code":"c"},{"name":"0","code":"c"}]`), 422, `{"pointer":"/parts","in":"body","code":"validate","detail":"are too many"}`},
		{"POST", "/orders", with(`"owner":null`, `"owner":{"name":"bad","code":"c"}`), 422, `"pointer":"/owner/name"`},
		{"POST", "/orders", with(`"spare":null`, `"spare":{"name":"bad","code":"c"}`), 422, `"pointer":"/spare/name"`},
		{"POST", "/orders", with(`"1"`, `"bad"`), 422, `"pointer":"/byName/a/name"`},
		{"POST", "/orders", with(`[["c"]]`, `[["c","bad"]]`), 422, `"pointer":"/byNum/7/0/1"`},
		{"POST", "/orders", with(`"2"`, `"bad"`), 422, `"pointer":"/byAddr/::1/name"`},
		{"POST", "/orders", with(`"4"`, `"bad"`), 422, `"pointer":"/pair/1/name"`},
		{"POST", "/orders", with(`{"name":"4"`, `{"label":"bad","name":"bad"`), 422, `"errors":[{"pointer":"/pair/1","in":"body","code":"validate","detail":"has a bad label"},{"pointer":"/pair/1/name"`},
		{"POST", "/orders", with(`"6"`, `"bad"`), 422, `"pointer":"/tree/kids/0/part/name"`},
		{"POST", "/orders", with(`"note":"n"`, `"note":"bad"`), 422, `{"pointer":"","in":"body","code":"validate","detail":"has a bad note"}`},
		{"GET", "/orders/c?more=a", "", 204, ""},
		{"GET", "/orders/bad?more=a&more=bad", "", 422, `"errors":[{"parameter":"code","in":"path","code":"validate","detail":"is bad"},{"parameter":"more","in":"query","code":"validate","detail":"is bad"}]`},
		{"GET", "/orders/boom", "", 500, `"status":500`},
		{"PUT", "/orders/bad", `{"part":{"name":"bad","code":"c"},"note":""}`, 422, `"errors":[{"parameter":"code","in":"path","code":"validate","detail":"is bad"},{"pointer":"/part/name","in":"body","code":"taken","detail":"is taken"}]`},
	} {
		r := httptest.NewRequest(tt.method, tt.path, strings.NewReader(tt.body))
		if tt.body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s %s %s: %d %s", tt.method, tt.path, tt.body, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s shows an internal error", w.Body)
		}
	}
}
