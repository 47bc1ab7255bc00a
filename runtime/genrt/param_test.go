package genrt

import (
	"errors"
	"fmt"
	"math"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

// readText reads a parameter whose value is text and returns what was found,
// or the code and detail of the mistake.
func readText[T any](s *Server, text string, method func(*Param, *T) bool) string {
	r := httptest.NewRequest("GET", "/", nil)
	c := s.Begin(httptest.NewRecorder(), r)
	defer c.End()
	p := c.start("query", "p")
	p.give(text)
	var v T
	if method(p, &v) {
		return fmt.Sprint(v)
	}
	if len(c.issues) != 1 {
		return fmt.Sprintf("%d mistakes", len(c.issues))
	}
	return c.issues[0].Code + ": " + c.issues[0].Detail
}

// list is a type with a text form of its own.
type list []string

func (l *list) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return errors.New("secret: " + string(text))
	}
	*l = strings.Split(string(text), "-")
	return nil
}

func TestParamKinds(t *testing.T) {
	s, _ := newServer(t)
	const (
		notInt  = "type: must be an integer"
		notNum  = "type: must be a number"
		notBool = "type: must be true or false"
		notTime = "type: must be a time as in RFC 3339"
		notDur  = "type: must be a duration such as 1m30s"
	)
	tests := []struct {
		name, text, got, want string
	}{}
	check := func(name, text, got, want string) {
		tests = append(tests, struct{ name, text, got, want string }{name, text, got, want})
	}
	for text, want := range map[string]string{
		"0": "0", "-1": "-1", "-0": "0", "127": "127", "-128": "-128",
		"128": "range: must be an integer between -128 and 127", "-129": "range: must be an integer between -128 and 127",
		"99999999999999999999": "range: must be an integer between -128 and 127",
		"":                     notInt, "+1": notInt, "01": notInt, "-01": notInt, "00": notInt, "1.0": notInt, "1e2": notInt, "0x1": notInt,
		"1_0": notInt, " 1": notInt, "1 ": notInt, "-": notInt, "--1": notInt, "a": notInt, "١": notInt, "-+1": notInt,
	} {
		check("int8", text, readText(s, text, (*Param).Int8), want)
	}
	for text, want := range map[string]string{
		"0": "0", "255": "255", "256": "range: must be an integer between 0 and 255",
		"-1": "range: must be an integer between 0 and 255", "-99999999999999999999": "range: must be an integer between 0 and 255",
		"-": notInt, "-x": notInt, "+1": notInt, "01": notInt, "": notInt, "1.5": notInt,
	} {
		check("uint8", text, readText(s, text, (*Param).Uint8), want)
	}
	check("int", "9223372036854775807", readText(s, "9223372036854775807", (*Param).Int), "9223372036854775807")
	check("int16", "32768", readText(s, "32768", (*Param).Int16), "range: must be an integer between -32768 and 32767")
	check("int32", "2147483648", readText(s, "2147483648", (*Param).Int32), "range: must be an integer between -2147483648 and 2147483647")
	check("int64", "9223372036854775808", readText(s, "9223372036854775808", (*Param).Int64), "range: must be an integer between -9223372036854775808 and 9223372036854775807")
	check("uint", "18446744073709551615", readText(s, "18446744073709551615", (*Param).Uint), "18446744073709551615")
	check("uint16", "65536", readText(s, "65536", (*Param).Uint16), "range: must be an integer between 0 and 65535")
	check("uint32", "4294967296", readText(s, "4294967296", (*Param).Uint32), "range: must be an integer between 0 and 4294967295")
	check("uint64", "18446744073709551616", readText(s, "18446744073709551616", (*Param).Uint64), "range: must be an integer between 0 and 18446744073709551615")
	for text, want := range map[string]string{
		"0": "0", "1.5": "1.5", "-1e2": "-100", "1E+2": "100", "1e-2": "0.01", "1e400": "range: must be a number that fits 64 bits",
		"": notNum, ".5": notNum, "5.": notNum, "+1": notNum, "01": notNum, "1e": notNum, "1e+": notNum, "Inf": notNum, "NaN": notNum,
		"0x1p4": notNum, "1_0": notNum, "-": notNum, " 1": notNum, "1x": notNum,
	} {
		check("float64", text, readText(s, text, (*Param).Float64), want)
	}
	check("float32", "1e39", readText(s, "1e39", (*Param).Float32), "range: must be a number that fits 32 bits")
	for text, want := range map[string]string{
		"true": "true", "false": "false", "TRUE": notBool, "1": notBool, "": notBool, "yes": notBool,
	} {
		check("bool", text, readText(s, text, (*Param).Bool), want)
	}
	for text, want := range map[string]string{
		"2026-01-02T03:04:05Z": "2026-01-02 03:04:05 +0000 UTC", "2026-01-02": notTime, "2026-01-02T3:04:05Z": notTime,
		"2026-01-02T03:04:05,1Z": notTime, "2026-01-02T03:04:05.5-01:30": "2026-01-02 03:04:05.5 -0130 -0130",
		"2026-01-02T03:04:05+24:00": notTime, "2026-01-02T03:04:05+23:60": notTime, "2026-01-02T03:04:05+01:00 ": notTime, "2026-02-30T03:04:05Z": notTime, "": notTime,
	} {
		check("time", text, readText(s, text, (*Param).Time), want)
	}
	for text, want := range map[string]string{"1m30s": "1m30s", "90": notDur, "": notDur} {
		check("duration", text, readText(s, text, (*Param).Duration), want)
	}
	text := func(p *Param, v *list) bool { return p.Text(v) }
	check("text", "a-b", readText(s, "a-b", text), "[a b]")
	check("text", "", readText(s, "", text), "type: has not the form expected")
	check("string", "x", readText(s, "x", (*Param).String), "x")

	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s %q: %s, want %s", tt.name, tt.text, tt.got, tt.want)
		}
	}
}

// TestRepeated makes sure that no kind takes one of several values.
func TestRepeated(t *testing.T) {
	s, _ := newServer(t)
	for name, method := range map[string]func(*Param) bool{
		"bool":     func(p *Param) bool { return p.Bool(new(bool)) },
		"int":      func(p *Param) bool { return p.Int(new(int)) },
		"uint":     func(p *Param) bool { return p.Uint(new(uint)) },
		"float":    func(p *Param) bool { return p.Float64(new(float64)) },
		"time":     func(p *Param) bool { return p.Time(new(time.Time)) },
		"duration": func(p *Param) bool { return p.Duration(new(time.Duration)) },
		"text":     func(p *Param) bool { return p.Text(new(list)) },
		"string":   func(p *Param) bool { return p.String(new(string)) },
	} {
		c := s.Begin(httptest.NewRecorder(), httptest.NewRequest("GET", "/?p=true&p=true", nil))
		if method(c.Query("p")) || len(c.issues) != 1 || c.issues[0].Code != "repeated" {
			t.Errorf("%s: %v", name, c.issues)
		}
		c.End()
	}
}

// FuzzParamInteger compares with strconv, which takes more forms.
func FuzzParamInteger(f *testing.F) {
	for _, seed := range []string{"0", "-0", "+1", "01", "-9223372036854775808", "18446744073709551615", "1e2", "-", "1_0"} {
		f.Add(seed)
	}
	s, _ := newServer(f)
	f.Fuzz(func(t *testing.T, text string) {
		signed, err := strconv.ParseInt(text, 10, 64)
		canonical := err == nil && (strconv.FormatInt(signed, 10) == text || text == "-0")
		got := readText(s, text, (*Param).Int64)
		if canonical != (got == strconv.FormatInt(signed, 10)) {
			t.Errorf("int64 %q: %s, strconv %d, %v", text, got, signed, err)
		}
		unsigned, err := strconv.ParseUint(text, 10, 64)
		canonical = err == nil && strconv.FormatUint(unsigned, 10) == text
		got = readText(s, text, (*Param).Uint64)
		if canonical != (got == strconv.FormatUint(unsigned, 10)) {
			t.Errorf("uint64 %q: %s, strconv %d, %v", text, got, unsigned, err)
		}
	})
}

// FuzzParamFloat compares with strconv, which takes more forms.
func FuzzParamFloat(f *testing.F) {
	for _, seed := range []string{"0", "-0.0", "1e400", "1e-400", "Inf", "0x1p-2", "1.5e+3", ".5", "1_0"} {
		f.Add(seed)
	}
	s, _ := newServer(f)
	f.Fuzz(func(t *testing.T, text string) {
		want, err := strconv.ParseFloat(text, 64)
		got := readText(s, text, (*Param).Float64)
		accepted := !strings.Contains(got, ": ")
		if accepted && (err != nil || got != fmt.Sprint(want) || math.IsNaN(want) || math.IsInf(want, 0)) {
			t.Errorf("%q was read as %s, strconv %v, %v", text, got, want, err)
		}
		if err == nil && !accepted && strconv.FormatFloat(want, 'f', -1, 64) == text && !math.IsInf(want, 0) && !math.IsNaN(want) {
			t.Errorf("%q was refused: %s", text, got)
		}
	})
}
