package kinds

import (
	"net/http/httptest"
	"strings"
	"testing"
)

const whole = `{"bool":true,"int":-1,"int8":-8,"int16":16,"int32":32,"int64":-64,"uint":1,"uint8":8,"uint16":16,"uint32":32,"uint64":64,` +
	`"float32":1.5,"float64":2.25,"string":"s<>","bytes":"AQI=","time":"2026-01-02T03:04:05Z","duration":"1m30s","any":{"a":[null]},"mustAny":1,` +
	`"role":"admin","level":3,"id":"7","mark":0.5,"blob":"AQ==","since":"2s","addr":"10.0.0.1","raw":{"x":1},"hash":"AQIDBA==",` +
	`"nick":null,"must":"m","boss":{"name":"b","price":1},"score":null,"item":{"name":"i","price":2},"items":[{"name":"j","price":3}],` +
	`"ptrs":[{"name":"k","price":4}],"grid":[[1,2],[]],"maybe":["x",null],"roles":["user"],"rgb":[1,2,3],` +
	`"corners":[{"name":"c","price":5},{"name":"d","price":6}],"byName":{"a":{"name":"l","price":7}},"byRole":{"admin":1,"user":2},` +
	`"byID":{"-1":[],"10":["a"],"9":["b"]},"byPort":{"80":{"name":"p","price":8}},"byAddr":{"10.0.0.1":{"t":true},"9.0.0.1":{}},` +
	`"labels":["a","b"],"limits":{"a":1},"point":[1.5,2],"origin":{"X":1,"Y":2},"page":{"items":[],"next":"n"},` +
	`"tree":{"value":"r","kids":[{"value":"s","kids":[]}]},"at":"2026-01-02T03:04:05Z","quoted":"5","odd \"name\"\\<&>":"deep"}`

func put(t *testing.T, body string) (*Shop, int, string) {
	t.Helper()
	shop := new(Shop)
	h, err := NewHandler(Config{}, Handlers{Shop: shop})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("PUT", "/things", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return shop, w.Code, w.Body.String()
}

func TestRoundTrip(t *testing.T) {
	shop, status, body := put(t, whole)
	if status != 201 {
		t.Fatalf("%d %s", status, body)
	}
	if body != whole {
		t.Errorf("got  %s\nwant %s", body, whole)
	}
	if shop.got.Base.Deep != "deep" || !shop.got.Score.IsNull() {
		t.Errorf("got %+v", shop.got)
	}
}

func TestIssues(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{`"bool":true,`, ``, `"pointer":"/bool","in":"body","code":"missing"`},
		{`"mustAny":1`, `"mustAny":null`, `"pointer":"/mustAny","in":"body","code":"null"`},
		{`"role":"admin"`, `"role":"root"`, `"pointer":"/role","in":"body","code":"enum","detail":"must be admin or user"`},
		{`"level":3`, `"level":4`, `"code":"enum","detail":"must be one of 1, 2, 3"`},
		{`["user"]`, `["user","root"]`, `"pointer":"/roles/1","in":"body","code":"enum"`},
		{`"rgb":[1,2,3]`, `"rgb":[1,2,3,4]`, `"pointer":"/rgb","in":"body","code":"len","detail":"must have exactly 3 items"`},
		{`"rgb":[1,2,3]`, `"rgb":[1]`, `"pointer":"/rgb","in":"body","code":"len"`},
		{`"int8":-8`, `"int8":-800`, `"pointer":"/int8","in":"body","code":"range"`},
		{`"name":"l"`, `"name":7`, `"pointer":"/byName/a/name","in":"body","code":"type"`},
		{`{"admin":1`, `{"root":1`, `"pointer":"/byRole/root","in":"body","code":"enum"`},
		{`"10":["a"]`, `"x":["a"]`, `"pointer":"/byID/x","in":"body","code":"type"`},
		{`"labels":["a","b"]`, `"labels":["1","2","3","4","5","6"]`, `"pointer":"/labels","in":"body","code":"max"`},
		{`"must":"m"`, `"must":null`, `"pointer":"/must","in":"body","code":"null"`},
	} {
		body := strings.Replace(whole, tt.old, tt.new, 1)
		if body == whole {
			t.Fatalf("%s does not occur", tt.old)
		}
		if _, status, got := put(t, body); status != 422 || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %d %s, want %s", tt.new, status, got, tt.want)
		}
	}
	for _, dup := range []string{`"byName":{"a":{"name":"l","price":7},"a":{"name":"l","price":7}}`, `"byName":{},"byName":{}`} {
		body := strings.Replace(whole, `"byName":{"a":{"name":"l","price":7}}`, dup, 1)
		if _, status, got := put(t, body); status != 400 {
			t.Errorf("%s: %d %s", dup, status, got)
		}
	}
}

func TestAbsence(t *testing.T) {
	body := whole
	for _, member := range []string{`"level":3,`, `"mark":0.5,`, `"blob":"AQ==",`, `"since":"2s",`, `"addr":"10.0.0.1",`, `"hash":"AQIDBA==",`, `"score":null,`, `,"items":[{"name":"j","price":3}]`} {
		if !strings.Contains(body, member) {
			t.Fatalf("%s does not occur", member)
		}
		body = strings.Replace(body, member, "", 1)
	}
	shop, status, got := put(t, body)
	if status != 201 {
		t.Fatalf("%d %s", status, got)
	}
	if shop.got.Level != 2 || shop.got.Score.IsSet() {
		t.Errorf("got %+v", shop.got)
	}
	for _, name := range []string{`"blob":`, `"since":`, `"hash":`, `"score":`, `"items":[{`} {
		if strings.Contains(got, name) {
			t.Errorf("%s was written: %s", name, got)
		}
	}
}
