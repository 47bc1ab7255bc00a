package params

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

func send(t *testing.T, method, target, body string, headers ...string) (any, int, string) {
	t.Helper()
	list := new(List)
	h, err := NewHandler(Config{}, Handlers{List: list})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return list.last, w.Code, w.Body.String()
}

var since = []string{"If-Modified", "2026-01-02T03:04:05Z"}

func TestFind(t *testing.T) {
	got, status, body := send(t, "GET", "/list/5/a/b?q=x&limit=3&sort=user&tags=a&tags[]=b&roles=user,admin&box=1,2.5&wait=2s&mail=a@b.c&peer=::1&flag=true", "",
		append(since, "X-Trace", "tr", "X-Accept", "1", "X-Accept", "2", "Cookie", "theme=user; peers=10.0.0.1,10.0.0.2")...)
	if status != 204 {
		t.Fatalf("%d %s", status, body)
	}
	req := got.(*ListReq)
	if req.Raw == nil {
		t.Error("the request is missing")
	}
	req.Raw = nil
	three := 3
	want := &ListReq{
		ID: 5, Rest: "a/b", Q: "x", Page: 1, Limit: &three, Sort: runtime.Some(Role("user")), Tags: []string{"a", "b"},
		Roles: []Role{"user", "admin"}, Box: [2]float64{1, 2.5}, Wait: 2 * time.Second, Mail: "a@b.c", Accept: []string{"1", "2"},
		Since: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Theme: "user",
		Peers: []netip.Addr{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2")}, Peer: netip.MustParseAddr("::1"),
		Flag: true, Base: Base{Trace: "tr"},
	}
	if !reflect.DeepEqual(req, want) {
		t.Errorf("got  %+v\nwant %+v", req, want)
	}
}

func TestFindEmpty(t *testing.T) {
	got, status, body := send(t, "GET", "/list/5/a?q=x&roles=user&box=&peer=&limit=&flag=&tags=&mail=&page=", "", since...)
	if status != 204 {
		t.Fatalf("%d %s", status, body)
	}
	if req := got.(*ListReq); req.Limit != nil || req.Page != 1 || len(req.Tags) != 1 {
		t.Errorf("got %+v", req)
	}
}

func TestFindIssues(t *testing.T) {
	for _, tt := range []struct{ target, want string }{
		{"/list/0/r?q=x&roles=user", `{"parameter":"id","in":"path","code":"min"`},
		{"/list/x/r?q=x&roles=user", `{"parameter":"id","in":"path","code":"type"`},
		{"/list/1/r?roles=user", `{"parameter":"q","in":"query","code":"missing"`},
		{"/list/1/r?q=&roles=user", `{"parameter":"q","in":"query","code":"required"`},
		{"/list/1/r?q=x", `{"parameter":"roles","in":"query","code":"missing"`},
		{"/list/1/r?q=x&roles=user&page=0", `{"parameter":"page","in":"query","code":"min"`},
		{"/list/1/r?q=x&roles=user&limit=101", `{"parameter":"limit","in":"query","code":"max"`},
		{"/list/1/r?q=x&roles=user&limit=1&limit=2", `{"parameter":"limit","in":"query","code":"repeated"`},
		{"/list/1/r?q=x&roles=user,root", `{"parameter":"roles","in":"query","code":"enum"`},
		{"/list/1/r?q=x&roles=user&tags=1&tags=2&tags=3&tags=4&tags=5&tags=6", `{"parameter":"tags","in":"query","code":"max"`},
		{"/list/1/r?q=x&roles=user&box=1", `{"parameter":"box","in":"query","code":"len"`},
		{"/list/1/r?q=x&roles=user&box=1,2,3", `{"parameter":"box","in":"query","code":"len"`},
		{"/list/1/r?q=x&roles=user&wait=2m", `{"parameter":"wait","in":"query","code":"max"`},
		{"/list/1/r?q=x&roles=user&mail=nobody", `{"parameter":"mail","in":"query","code":"email"`},
		{"/list/1/r?q=x&roles=user&flag=1", `{"parameter":"flag","in":"query","code":"type"`},
	} {
		if _, status, body := send(t, "GET", tt.target, "", since...); status != 422 || !strings.Contains(body, tt.want) {
			t.Errorf("%s: %d %s, want %s", tt.target, status, body, tt.want)
		}
	}
}

func TestBodies(t *testing.T) {
	for _, tt := range []struct {
		method, target, body string
		status               int
		want                 any
	}{
		{"PATCH", "/list/7", `{"note":"n"}`, 204, &EditReq{ID: 7, Note: "n"}},
		{"PATCH", "/list/7", `{"note":"n","more":1}`, 422, nil},
		{"PATCH", "/list/7?x=1", `{"note":"n"}`, 422, nil},
		{"PATCH", "/list/7", ``, 422, nil},
		{"DELETE", "/list/7", `{"note":"n"}`, 204, &EditReq{ID: 7}},
		{"PUT", "/list/7", `["a"]`, 204, &WholeReq{ID: 7, Lines: []string{"a"}}},
		{"PUT", "/list/7", `[]`, 422, nil},
		{"PUT", "/list/7", `null`, 422, nil},
		{"PUT", "/list/7", ``, 422, nil},
		{"PUT", "/list/7", `["a"] `, 204, &WholeReq{ID: 7, Lines: []string{"a"}}},
		{"PUT", "/list/7", `["a"]]`, 400, nil},
		{"POST", "/list", ``, 204, &MaybeReq{}},
		{"POST", "/list", `null`, 204, &MaybeReq{}},
		{"POST", "/list", `{"note":"n"}`, 204, &MaybeReq{Item: &Thing{"n"}}},
		{"POST", "/list", `{}`, 422, nil},
		{"POST", "/list", `"` + strings.Repeat("x", 1500) + `"`, 413, nil},
		{"GET", "/empty", ``, 204, &EmptyReq{}},
	} {
		got, status, body := send(t, tt.method, tt.target, tt.body)
		if status != tt.status || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s %s %.20s: %d %s %+v, want %d %+v", tt.method, tt.target, tt.body, status, body, got, tt.status, tt.want)
		}
	}
}

func TestConstants(t *testing.T) {
	if RouteListEdit != http.MethodPatch+" /list/{id}" {
		t.Error(RouteListEdit)
	}
}
