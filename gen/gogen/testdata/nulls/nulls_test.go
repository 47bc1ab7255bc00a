package nulls

import (
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

func TestNulls(t *testing.T) {
	for _, tt := range []struct {
		path, body string
		status     int
		want       *Req
		pointers   string
	}{
		{"/strict", `{"must":1}`, 204, &Req{Def: 7, Must: Own{"1"}}, ""},
		{"/strict", `{"must":1,"opt":null,"ptr":null,"own":null,"any":null}`, 204, &Req{Opt: runtime.Null[int](), Own: Own{"null"}, Def: 7, Must: Own{"1"}}, ""},
		{"/strict", `{"must":null,"name":null,"def":null,"list":null}`, 422, nil, "/must /name /def /list"},
		{"/absent", `{"must":1,"opt":null,"ptr":null,"own":null,"any":null,"name":null,"def":null,"list":null}`, 204, &Req{Def: 7, Must: Own{"1"}}, ""},
		{"/absent", `{"must":null}`, 422, nil, "/must"},
		{"/absent", `{"must":1,"opt":2,"name":"n","def":3,"list":["a"],"own":4,"any":5}`, 204, &Req{Name: "n", Opt: runtime.Some(2), Own: Own{"4"}, Any: 5.0, Def: 3, List: []string{"a"}, Must: Own{"1"}}, ""},
		{"/absent", `{"must":1,"def":null,"def":3}`, 400, nil, ""},
	} {
		s := new(Server)
		h, err := NewHandler(Config{}, Handlers{Server: s})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", tt.path, strings.NewReader(tt.body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tt.status || !reflect.DeepEqual(s.got, tt.want) {
			t.Errorf("%s %s: %d %s %+v", tt.path, tt.body, w.Code, w.Body, s.got)
		}
		for _, p := range strings.Fields(tt.pointers) {
			if !strings.Contains(w.Body.String(), `{"pointer":"`+p+`","in":"body","code":"null"`) {
				t.Errorf("%s %s: %s, want null at %s", tt.path, tt.body, w.Body, p)
			}
		}
	}
}
