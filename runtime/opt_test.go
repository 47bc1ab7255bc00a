package runtime_test

import (
	"encoding/json"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

func TestOpt(t *testing.T) {
	var absent runtime.Opt[int]
	tests := []struct {
		name                string
		o                   runtime.Opt[int]
		isZero, isSet, null bool
		value, or           int
		ok                  bool
	}{
		{"absent", absent, true, false, false, 0, 7, false},
		{"null", runtime.Null[int](), false, true, true, 0, 7, false},
		{"value", runtime.Some(3), false, true, false, 3, 3, true},
		{"zero value", runtime.Some(0), false, true, false, 0, 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.o.IsZero() != tt.isZero || tt.o.IsSet() != tt.isSet || tt.o.IsNull() != tt.null {
				t.Errorf("IsZero %v, IsSet %v, IsNull %v", tt.o.IsZero(), tt.o.IsSet(), tt.o.IsNull())
			}
			if v, ok := tt.o.Get(); v != tt.value || ok != tt.ok {
				t.Errorf("Get() = %v, %v", v, ok)
			}
			if v := tt.o.Or(7); v != tt.or {
				t.Errorf("Or(7) = %v", v)
			}
		})
	}
	o := runtime.Some(3)
	o.SetNull()
	if v, ok := o.Get(); v != 0 || ok || !o.IsNull() {
		t.Errorf("after SetNull: %v, %v", v, ok)
	}
	o.Set(4)
	if o != runtime.Some(4) {
		t.Errorf("after Set: %v", o)
	}
}

func TestOptJSON(t *testing.T) {
	type patch struct {
		A runtime.Opt[string] `json:"a,omitzero"`
		B runtime.Opt[[]int]  `json:"b"`
	}
	for _, tt := range []struct{ in, out string }{
		{`{}`, `{"b":null}`},
		{`{"a":null,"b":null}`, `{"a":null,"b":null}`},
		{`{"a":"x","b":[1]}`, `{"a":"x","b":[1]}`},
		{`{"a":"","b":[]}`, `{"a":"","b":[]}`},
	} {
		var p patch
		if err := json.Unmarshal([]byte(tt.in), &p); err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(p)
		if err != nil || string(got) != tt.out {
			t.Errorf("%s came back as %s, %v, want %s", tt.in, got, err, tt.out)
		}
	}
	if text, _ := runtime.Some("<&>").MarshalJSON(); string(text) != `"<&>"` {
		t.Errorf("got %s: HTML is not escaped here", text)
	}
	var o runtime.Opt[int]
	if err := json.Unmarshal([]byte(`"x"`), &o); err == nil || o.IsSet() {
		t.Errorf("a value of another type: error %v, set %v", err, o.IsSet())
	}
	if _, err := runtime.Some(func() {}).MarshalJSON(); err == nil {
		t.Error("a function was encoded")
	}
}
