package oneway

import (
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

const thing = `{"name":"n","keys":[{"pin":"p"}],"out":{},"in":{"token":"t"}}`

func TestOneWay(t *testing.T) {
	kid := Thing{Name: "n", Keys: []Key{{"p"}}, In: In{"t"}}
	parent := kid
	parent.Kids = []Thing{kid}
	const unread = `{"id":3,"stamps":[{"by":"x"}],"name":"n","keys":[{"pin":"p"}],"out":{"id":"x"},"in":{"token":"t"}}`
	for _, tt := range []struct {
		path, body string
		status     int
		want       *Thing
		answer     string
	}{
		{"/thing", thing, 200, &kid, `{"id":"i","name":"n","stamps":[{"by":"me"}],"out":{"id":"o"},"in":{}}`},
		{"/thing", unread, 200, &kid, `{"id":"i","name":"n","stamps":[{"by":"me"}],"out":{"id":"o"},"in":{}}`},
		{
			"/thing", strings.TrimSuffix(thing, "}") + `,"kids":[` + unread + `]}`, 200, &parent,
			`{"id":"i","name":"n","stamps":[{"by":"me"}],"out":{"id":"o"},"in":{},"kids":[{"id":"","name":"n","stamps":[],"out":{"id":""},"in":{}}]}`,
		},
		{"/strict", thing, 204, &kid, ""},
		{"/strict", unread, 422, nil, "/id /stamps /out/id"},
		{"/strict", strings.TrimSuffix(thing, "}") + `,"kids":[` + unread + `]}`, 422, nil, "/kids/0/id /kids/0/stamps /kids/0/out/id"},
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
		if tt.status == 200 && w.Body.String() != tt.answer {
			t.Errorf("%s %s: %s; want %s", tt.path, tt.body, w.Body, tt.answer)
		}
		if tt.status == 422 {
			refused := strings.Fields(tt.answer)
			for _, p := range refused {
				if !strings.Contains(w.Body.String(), `{"pointer":"`+p+`","in":"body","code":"unknown"`) {
					t.Errorf("%s: %s is missing in %s", tt.body, p, w.Body)
				}
			}
			if n := strings.Count(w.Body.String(), `"pointer"`); n != len(refused) {
				t.Errorf("%s: %d errors: %s", tt.body, n, w.Body)
			}
		}
	}
}
