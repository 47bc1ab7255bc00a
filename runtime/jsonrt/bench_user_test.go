package jsonrt

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

type benchUser struct {
	ID       int64        `json:"id"`
	Name     string       `json:"name"`
	Email    string       `json:"email"`
	Bio      string       `json:"bio"`
	Active   bool         `json:"active"`
	Score    float64      `json:"score"`
	Created  time.Time    `json:"created"`
	Updated  time.Time    `json:"updated"`
	Tags     []string     `json:"tags"`
	Home     benchPlace   `json:"home"`
	Work     benchPlace   `json:"work"`
	Projects []benchPlace `json:"projects"`
}

type benchPlace struct {
	Street string  `json:"street"`
	City   string  `json:"city"`
	Zip    string  `json:"zip"`
	Lat    float64 `json:"lat"`
	Floor  int     `json:"floor"`
}

func sampleUser() benchUser {
	place := benchPlace{"12 Long Winding Street", "Zürich", "8001", 47.3769, 3}
	return benchUser{
		ID: 1234567890, Name: "Alice Wonder", Email: "alice@example.com", Active: true, Score: 98.25,
		Bio:     "Likes \"quotes\", line\nbreaks and everything else that a person may write about themselves in a box of a form that is a little longer than it needs to be.",
		Created: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Updated: time.Date(2026, 2, 3, 4, 5, 6, 789000000, time.UTC),
		Tags: []string{"admin", "staff", "beta", "early"}, Home: place, Work: place, Projects: []benchPlace{place, place, place, place},
	}
}

func decodePlace(d *Decoder, v *benchPlace) {
	if !d.Object() {
		return
	}
	var seen uint64
	for d.Next() {
		switch string(d.Name()) {
		case "street":
			seen = d.Mark(seen, 1<<0)
			d.String(&v.Street)
		case "city":
			seen = d.Mark(seen, 1<<1)
			d.String(&v.City)
		case "zip":
			seen = d.Mark(seen, 1<<2)
			d.String(&v.Zip)
		case "lat":
			seen = d.Mark(seen, 1<<3)
			d.Float64(&v.Lat)
		case "floor":
			seen = d.Mark(seen, 1<<4)
			d.Int(&v.Floor)
		default:
			d.Unknown()
		}
	}
	if seen&0x1f != 0x1f {
		d.MissingMembers(seen, "street", "city", "zip", "lat", "floor")
	}
}

func decodeUser(d *Decoder, v *benchUser) {
	if !d.Object() {
		return
	}
	var seen uint64
	for d.Next() {
		switch string(d.Name()) {
		case "id":
			seen = d.Mark(seen, 1<<0)
			d.Int64(&v.ID)
		case "name":
			seen = d.Mark(seen, 1<<1)
			d.String(&v.Name)
		case "email":
			seen = d.Mark(seen, 1<<2)
			d.String(&v.Email)
		case "bio":
			seen = d.Mark(seen, 1<<3)
			d.String(&v.Bio)
		case "active":
			seen = d.Mark(seen, 1<<4)
			d.Bool(&v.Active)
		case "score":
			seen = d.Mark(seen, 1<<5)
			d.Float64(&v.Score)
		case "created":
			seen = d.Mark(seen, 1<<6)
			d.Time(&v.Created)
		case "updated":
			seen = d.Mark(seen, 1<<7)
			d.Time(&v.Updated)
		case "tags":
			seen = d.Mark(seen, 1<<8)
			if d.Array() {
				v.Tags = []string{}
				for d.Elem() {
					var e string
					d.String(&e)
					v.Tags = append(v.Tags, e)
				}
			}
		case "home":
			seen = d.Mark(seen, 1<<9)
			decodePlace(d, &v.Home)
		case "work":
			seen = d.Mark(seen, 1<<10)
			decodePlace(d, &v.Work)
		case "projects":
			seen = d.Mark(seen, 1<<11)
			if d.Array() {
				v.Projects = []benchPlace{}
				for d.Elem() {
					v.Projects = append(v.Projects, benchPlace{})
					decodePlace(d, &v.Projects[len(v.Projects)-1])
				}
			}
		default:
			d.Unknown()
		}
	}
	if seen&0xfff != 0xfff {
		d.MissingMembers(seen, "id", "name", "email", "bio", "active", "score", "created", "updated", "tags", "home", "work", "projects")
	}
}

func encodePlace(e *Encoder, v *benchPlace) {
	if !e.Object() {
		return
	}
	e.Name(`"street":`)
	e.String(v.Street)
	e.Name(`"city":`)
	e.String(v.City)
	e.Name(`"zip":`)
	e.String(v.Zip)
	e.Name(`"lat":`)
	e.Float64(v.Lat)
	e.Name(`"floor":`)
	e.Int64(int64(v.Floor))
	e.EndObject()
}

func encodeUser(e *Encoder, v *benchUser) {
	if !e.Object() {
		return
	}
	e.Name(`"id":`)
	e.Int64(v.ID)
	e.Name(`"name":`)
	e.String(v.Name)
	e.Name(`"email":`)
	e.String(v.Email)
	e.Name(`"bio":`)
	e.String(v.Bio)
	e.Name(`"active":`)
	e.Bool(v.Active)
	e.Name(`"score":`)
	e.Float64(v.Score)
	e.Name(`"created":`)
	e.Time(v.Created)
	e.Name(`"updated":`)
	e.Time(v.Updated)
	e.Name(`"tags":`)
	e.Array()
	for i := range v.Tags {
		e.Elem()
		e.String(v.Tags[i])
	}
	e.EndArray()
	e.Name(`"home":`)
	encodePlace(e, &v.Home)
	e.Name(`"work":`)
	encodePlace(e, &v.Work)
	e.Name(`"projects":`)
	e.Array()
	for i := range v.Projects {
		e.Elem()
		encodePlace(e, &v.Projects[i])
	}
	e.EndArray()
	e.EndObject()
}

// TestUserLikeV2: what the benchmark compares is the same.
func TestUserLikeV2(t *testing.T) {
	u := sampleUser()
	same(t, &u, func(e *Encoder) { encodeUser(e, &u) })
	text, err := json.Marshal(&u)
	if err != nil {
		t.Fatal(err)
	}
	agree(t, text, func(d *Decoder, v *benchUser) bool { decodeUser(d, v); return len(d.Issues()) == 0 })
}

// userTexts returns users whose strings differ, as those of requests do:
// encoding/json/v2 keeps recent strings.
func userTexts(b *testing.B, u *benchUser) [][]byte {
	text, err := json.Marshal(u)
	if err != nil {
		b.Fatal(err)
	}
	texts := make([][]byte, 512)
	for i := range texts {
		t := strings.NewReplacer("alice", fmt.Sprintf("a%04d", i), "Alice", fmt.Sprintf("A%04d", i), "Long Winding", fmt.Sprintf("L%03d Winding", i),
			"rich", fmt.Sprintf("%04d", i), "8001", fmt.Sprintf("%04d", i), "admin", fmt.Sprintf("a%04d", i), "staff", fmt.Sprintf("s%04d", i)).Replace(string(text))
		texts[i] = []byte(t)
	}
	return texts
}

// BenchmarkUser compares in one run, with a body of about 1 kB.
func BenchmarkUser(b *testing.B) {
	u := sampleUser()
	texts := userTexts(b, &u)
	compare := func(name string, ours, v2 func() error) {
		var first time.Duration
		for i, f := range []func() error{ours, v2} {
			b.Run(name+[]string{"/jsonrt", "/v2"}[i], func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(texts[0])))
				for b.Loop() {
					if err := f(); err != nil {
						b.Fatal(err)
					}
				}
				if each := b.Elapsed() / time.Duration(b.N); i == 0 {
					first = each
				} else {
					b.ReportMetric(float64(first)/float64(each), "jsonrt/v2")
				}
			})
		}
	}
	var d Decoder
	i := 0
	compare("decode", func() error {
		var v benchUser
		i++
		d.Reset(texts[i%len(texts)])
		decodeUser(&d, &v)
		if d.End(); d.Err() != nil {
			return d.Err()
		}
		return nil
	}, func() error {
		var v benchUser
		i++
		return json.Unmarshal(texts[i%len(texts)], &v)
	})
	var e Encoder
	buf := make([]byte, 0, 4096)
	options := json.JoinOptions(json.Deterministic(true), jsonv1.OmitEmptyWithLegacySemantics(true))
	compare("encode", func() error {
		e.Reset(buf)
		encodeUser(&e, &u)
		return e.Err()
	}, func() error {
		_, err := json.Marshal(&u, options)
		return err
	})
}
