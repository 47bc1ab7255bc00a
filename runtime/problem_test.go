package runtime_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

func TestProblemJSON(t *testing.T) {
	tests := []struct {
		name string
		p    runtime.Problem
		want string
	}{
		{
			"bare",
			runtime.Problem{Status: 404},
			`{"type":"about:blank","title":"Not Found","status":404}`,
		},
		{
			"all members in their order",
			runtime.Problem{
				Status: 422, Code: "c", Detail: "d", Truncated: true, Cause: io.EOF,
				Errors: []runtime.FieldError{
					{Pointer: "/a/0/b", In: "body", Code: "min", Detail: "must be at least 1"},
					{Pointer: "", In: "body", Code: "validate", Detail: "no"},
					{Parameter: "page", In: "query", Code: "type", Detail: "must be an integer"},
					{Code: "validate", Detail: "whole"},
					{Pointer: "/x", Code: "own", Detail: "given"},
				},
			},
			`{"type":"about:blank","title":"Unprocessable Entity","status":422,"code":"c","detail":"d","errors":[` +
				`{"pointer":"/a/0/b","in":"body","code":"min","detail":"must be at least 1"},` +
				`{"pointer":"","in":"body","code":"validate","detail":"no"},` +
				`{"parameter":"page","in":"query","code":"type","detail":"must be an integer"},` +
				`{"code":"validate","detail":"whole"},` +
				`{"pointer":"/x","code":"own","detail":"given"}],"truncated":true}`,
		},
		{
			"escapes",
			runtime.Problem{Status: 400, Detail: "\"\\\b\f\n\r\t\x01\x1f<&>é\u2028\xff."},
			`{"type":"about:blank","title":"Bad Request","status":400,"detail":"\"\\\b\f\n\r\t\u0001\u001f<&>é` + "\u2028\uFFFD" + `."}`,
		},
		{
			"gone",
			runtime.Problem{Status: 499},
			`{"type":"about:blank","title":"Client Closed Request","status":499}`,
		},
		{
			"unknown client error",
			runtime.Problem{Status: 498},
			`{"type":"about:blank","title":"Client Error","status":498}`,
		},
		{
			"unknown server error",
			runtime.Problem{Status: 599},
			`{"type":"about:blank","title":"Server Error","status":599}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.p.MarshalJSON()
			if err != nil || string(got) != tt.want {
				t.Errorf("got %s, %v\nwant %s", got, err, tt.want)
			}
			if !json.Valid(got) {
				t.Error("not valid JSON")
			}
			for _, v := range []any{tt.p, &tt.p} {
				if _, err := json.Marshal(v); err != nil {
					t.Errorf("encoding/json: %v", err)
				}
			}
		})
	}
}

func TestProblemIsAnError(t *testing.T) {
	cause := errors.New("the cause")
	var err error = &runtime.Problem{Status: 409, Code: "taken", Detail: "the name is taken", Cause: cause}
	if got, want := err.Error(), "409 Conflict (taken): the name is taken"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if !errors.Is(err, cause) {
		t.Error("the cause is not found")
	}
	var p *runtime.Problem
	if !errors.As(fmt.Errorf("wrapped: %w", err), &p) || p.Status != 409 {
		t.Error("a wrapped problem is not found")
	}
	if p.Type() != "about:blank" || p.Title() != "Conflict" {
		t.Errorf("type %q, title %q", p.Type(), p.Title())
	}
}

func TestInvalid(t *testing.T) {
	tests := []struct {
		err        error
		text, json string
	}{
		{
			runtime.Invalid("/a", "unique", "must be unique"),
			"/a: must be unique", `{"pointer":"/a","in":"body","code":"unique","detail":"must be unique"}`,
		},
		{
			runtime.Invalid("", "", "does not add up"),
			"does not add up", `{"pointer":"","in":"body","code":"validate","detail":"does not add up"}`,
		},
		{
			runtime.FieldError{Parameter: "page", In: "query", Code: "max"},
			"query page: max", `{"parameter":"page","in":"query","code":"max","detail":""}`,
		},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.text {
			t.Errorf("Error() = %q, want %q", got, tt.text)
		}
		if got, err := json.Marshal(tt.err); err != nil || string(got) != tt.json {
			t.Errorf("JSON = %s, %v, want %s", got, err, tt.json)
		}
	}
}

func FuzzProblemJSON(f *testing.F) {
	f.Add("plain", "with \"quotes\"")
	f.Add("\x00\x7f\xff", strings.Repeat("é", 3))
	f.Fuzz(func(t *testing.T, code, detail string) {
		p := runtime.Problem{Status: 400, Code: code, Detail: detail}
		text, _ := p.MarshalJSON()
		var got struct{ Code, Detail string }
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if want := strings.ToValidUTF8(detail, "\uFFFD"); !strings.Contains(detail, "\xff") && strings.ToValidUTF8(detail, "") == detail && got.Detail != want {
			t.Errorf("detail %q came back as %q", detail, got.Detail)
		}
	})
}
