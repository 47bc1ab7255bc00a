package verdict

import (
	"encoding/json"
	"strconv"
	"strings"
)

// oddTexts are texts that some parser reads in another way than the next.
var oddTexts = []string{
	"", " ", "0", "00", "-0", "+1", "1.0", "1e2", "1E2", "0x10", "1_0", "-1", "256", "65536", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "1e400", "NaN", "Infinity",
	"true", "false", "True", "TRUE", "t", "null", "[]", "{}", "\"a\"",
	"a@b", "a@b.c", "@", "A <a@b.c>", "ä@ö.example",
	"2026-01-02T15:04:05Z", "2026-01-02t15:04:05z", "2026-01-02 15:04:05Z", "2026-01-02T15:04:05", "2026-01-02", "2026-02-30T00:00:00Z", "2016-12-31T23:59:60Z", "2026-01-02T24:00:00Z", "2026-01-02T15:04:05.Z", "2026-01-02T15:04:05,5Z", "2026-01-02T5:04:05Z", "2026-01-02T15:04:05+24:00", "2026-01-02T15:04:05.1234567890Z", "10000-01-01T00:00:00Z",
	"1m", "1h1m1s", "1", "1 s", "s", ".5s", "1.s", ".s", "-.5h", "1µs", "1μs", "9999999999h", "0.0000000000000000000001ns", "++1s", "1s-",
	"YQ==", "YQ=", "YQ", "YQ==\n", "Y Q=", "====", "YWI=", "YWJj", "YWJjZA==", "-_8=", "AAAAAAAAAAA=", "AAAAAAAAAAB=", "AAAAAAAAAA==", "AAAAAAAAAAAA", "QR==",
	"#00ff00", "#00ff0", "s", "l", "S", "m", "red", "Red", "light blue", "ab", "abc", "abcd", "abcdef", "😀", "😀😀", "😀😀😀", "😀😀😀😀", "ä", "aͤ", "\u0000", "\n", "a/b", "..", ".", "../a", "a\\b", "a,b", ",", "a,,b", "a;b", "a&b", "a%b", "%41", "+", "a+b", "#", "?",
}

// oddEmails are addresses to some, and none to others.
var oddEmails = []string{"a@b", "@", "a@", "@b.c", "A <a@b.c>", "a b@c.d", "\"a b\"@c.d", "a@[127.0.0.1]", "ä@ö.example", "a..b@c.d", "a@b.", "a@-b.c", ".a@b.c", "a@b_c.d", "a(b)@c.d", "a@b@c.d"}

// oddNumbers are texts of JSON numbers.
var oddNumbers = []string{
	"0", "-0", "1", "-1", "1.0", "1.5", "-0.0", "1e2", "1E+2", "100e-2", "1e-1", "0.5", "3", "5", "7", "8", "10", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296",
	"9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "1e19", "3.4028235e38", "3.5e38", "1e39", "1.7976931348623157e308", "1e309", "-1e400", "1e-400", "123456789012345678901234567890",
}

// mutate changes one place of a value.
func (m *maker) mutate(v any, depth int) any {
	if depth > 0 && m.one(4) {
		return m.odd()
	}
	switch v := v.(type) {
	case object:
		return m.mutateObject(v, depth)
	case []any:
		return m.mutateArray(v, depth)
	case string:
		return m.mutateText(v)
	case json.Number:
		if n, err := v.Int64(); err == nil && m.one(3) {
			return json.Number(strconv.FormatInt(n+pickOne(m, []int64{-1, 1}), 10))
		}
		if !m.one(4) {
			return json.Number(pickOne(m, oddNumbers))
		}
	}
	return m.odd()
}

// odd makes a value without a view to what stood there.
func (m *maker) odd() any {
	switch m.rnd.IntN(8) {
	case 0, 1:
		return nil
	case 2, 3:
		return json.Number(pickOne(m, oddNumbers))
	case 4, 5:
		return pickOne(m, oddTexts)
	}
	return m.anything(3)
}

func (m *maker) mutateObject(o object, depth int) any {
	out := object{}
	for k, v := range o {
		out[k] = v
	}
	names := sortedNames(o)
	switch {
	case len(names) == 0 || m.one(8):
		name := pickOne(m, []string{"extra", "", "ID", "id ", "a/b", "~", "1", "-1", "300", "70000", "s", "#123456", "#12", "note", "secret"})
		out[name] = m.anything(3)
		if len(names) > 0 && m.one(2) {
			out[name] = o[pickOne(m, names)]
		}
	case m.one(4):
		delete(out, pickOne(m, names))
	case m.one(8): // the same name in another case
		name := pickOne(m, names)
		out[strings.ToUpper(name)] = out[name]
		delete(out, name)
	default:
		name := pickOne(m, names)
		out[name] = m.mutate(out[name], depth+1)
	}
	return out
}

func (m *maker) mutateArray(a []any, depth int) any {
	out := append([]any{}, a...)
	switch {
	case len(out) == 0 || m.one(4):
		if len(out) > 0 {
			return append(out, out...)
		}
		return append(out, m.odd())
	case m.one(4):
		return out[:len(out)-1]
	}
	i := m.rnd.IntN(len(out))
	out[i] = m.mutate(out[i], depth+1)
	return out
}

func (m *maker) mutateText(s string) any {
	switch { // near what it was
	case strings.Contains(s, "@") && m.one(2):
		return pickOne(m, oddEmails)
	case strings.HasSuffix(s, "=") && m.one(3):
		return s[:len(s)-1] + "A"
	}
	switch m.rnd.IntN(5) {
	case 0:
		return s + pickOne(m, []string{"x", " ", "😀", "=", "\n", "Z"})
	case 1:
		if s != "" {
			runes := []rune(s)
			return string(runes[:len(runes)-1])
		}
	case 2:
		return strings.Repeat(s+"a", 3)
	case 3:
		return pickOne(m, oddTexts)
	}
	return m.odd()
}

// encode writes a value as JSON, members in the order of their names. Now and
// then it writes what a value cannot show: a member twice, spaces, escapes,
// text behind the end.
func (m *maker) encode(v any, twisted bool) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	if !twisted {
		return b
	}
	text := string(b)
	switch m.rnd.IntN(9) {
	case 0:
		text = strings.Replace(text, "{", `{"id":"twice","id":"twice",`, 1)
	case 1:
		text += pickOne(m, []string{" ", "\n", "{}", "x", "\x00", ","})
	case 2:
		text = text[:len(text)-1]
	case 3:
		text = strings.Replace(text, `"`, `"\ud800`, 1)
	case 4:
		text = strings.Replace(text, `"`, "\"\xff", 1)
	case 5:
		text = strings.Replace(text, `:`, ` : `, 1)
	case 6:
		text = "\ufeff" + text
	case 7:
		text = strings.Replace(text, `:`, ":0", 1)
	case 8:
		text = strings.Replace(text, `":`, `\u0061":`+strconv.Itoa(m.rnd.IntN(9))+`,"`+"b"+`":`, 1)
	}
	return []byte(text)
}
