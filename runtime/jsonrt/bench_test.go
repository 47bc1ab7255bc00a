package jsonrt

import (
	"testing"
	"time"

	"github.com/go-json-experiment/json"
)

type benchLogin struct {
	Username string `json:"username"`
	Password string `json:"password"`
}

var loginText = []byte(`{"username":"alice","password":"wonderland and a bit more"}`)

// BenchmarkDecode compares in one run; the budget is 0.5 of json/v2.
func BenchmarkDecode(b *testing.B) {
	var ours time.Duration
	b.Run("jsonrt", func(b *testing.B) {
		b.ReportAllocs()
		var d Decoder
		for b.Loop() {
			var v benchLogin
			d.Reset(loginText)
			var seen uint64
			for ok := d.Object(); ok && d.Next(); {
				switch string(d.Name()) {
				case "username":
					seen = d.Mark(seen, 1)
					d.String(&v.Username)
				case "password":
					seen = d.Mark(seen, 2)
					d.String(&v.Password)
				default:
					d.Unknown()
				}
			}
			d.End()
			if d.Err() != nil || seen != 3 {
				b.Fatal(d.Err())
			}
		}
		ours = b.Elapsed() / time.Duration(b.N)
	})
	b.Run("v2", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var v benchLogin
			if err := json.Unmarshal(loginText, &v); err != nil {
				b.Fatal(err)
			}
		}
		if v2 := b.Elapsed() / time.Duration(b.N); v2 > 0 {
			b.ReportMetric(float64(ours)/float64(v2), "jsonrt/v2")
		}
	})
}

// BenchmarkEncode compares in one run; the budget is 0.5 of json/v2.
func BenchmarkEncode(b *testing.B) {
	v := benchLogin{"alice", "wonderland and a bit more"}
	var ours time.Duration
	b.Run("jsonrt", func(b *testing.B) {
		b.ReportAllocs()
		var e Encoder
		buf := make([]byte, 0, 128)
		for b.Loop() {
			e.Reset(buf)
			e.Object()
			e.Name(`"username":`)
			e.String(v.Username)
			e.Name(`"password":`)
			e.String(v.Password)
			e.EndObject()
		}
		ours = b.Elapsed() / time.Duration(b.N)
	})
	b.Run("v2", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(&v); err != nil {
				b.Fatal(err)
			}
		}
		if v2 := b.Elapsed() / time.Duration(b.N); v2 > 0 {
			b.ReportMetric(float64(ours)/float64(v2), "jsonrt/v2")
		}
	})
}
