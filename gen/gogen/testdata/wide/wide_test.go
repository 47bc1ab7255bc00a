package wide

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWide(t *testing.T) {
	required := func(skip int) string {
		var members []string
		for i := 0; i < 140; i += 2 {
			if i != skip {
				members = append(members, fmt.Sprintf(`"f%03d":%d`, i, i))
			}
		}
		return strings.Join(members, ",")
	}
	wide := new(Wide)
	h, err := NewHandler(Config{}, Handlers{Wide: wide})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		body   string
		status int
		want   string
	}{
		{"{" + required(-1) + "}", 204, ""},
		{"{" + required(-1) + `,"f001":null,"f139":null}`, 204, ""},
		{"{" + required(126) + "}", 422, `"pointer":"/f126"`},
		{"{" + required(138) + "}", 422, `"pointer":"/f138"`},
		{"{" + required(-1) + `,"f138":1}`, 400, "duplicate"},
		{"{" + required(-1) + `,"f001":null,"f001":1}`, 400, "duplicate"},
		{"{" + required(0) + `,"f000":null}`, 422, `"pointer":"/f000","in":"body","code":"null"`},
	} {
		r := httptest.NewRequest("POST", "/wide", strings.NewReader(tt.body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s: %d %s", tt.body, w.Code, w.Body)
		}
		if tt.status == 204 && (wide.got.F139 != 7 || wide.got.F138 != 138) {
			t.Errorf("got %+v", wide.got)
		}
	}
}
