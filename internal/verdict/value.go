package verdict

import (
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// maker makes values from schemas. What it makes mostly fits; whether it does
// is for others to say.
type maker struct {
	doc *document
	rnd *rand.Rand
}

func (m *maker) one(n int) bool { return m.rnd.IntN(n) == 0 }

func pickOne[T any](m *maker, list []T) T { return list[m.rnd.IntN(len(list))] }

// value makes a value of a schema.
func (m *maker) value(s object, depth int) any {
	s = m.doc.resolve(s)
	if list, ok := s["anyOf"].([]any); ok {
		branch := m.doc.resolve(pickOne(m, list).(object))
		merged := object{}
		for k, v := range s {
			if k != "anyOf" {
				merged[k] = v
			}
		}
		for k, v := range branch {
			merged[k] = v
		}
		return m.value(merged, depth)
	}
	if list, ok := s["enum"].([]any); ok {
		return pickOne(m, list)
	}
	if v, ok := s["default"]; ok && m.one(3) {
		return v
	}
	if list, ok := s["examples"].([]any); ok && (s["type"] == nil || !m.one(4)) {
		return pickOne(m, list)
	}
	switch kind := m.kind(s); kind {
	case "null":
		return nil
	case "boolean":
		return m.one(2)
	case "integer", "number":
		return m.number(s, kind)
	case "string":
		return m.text(s)
	case "array":
		return m.array(s, depth)
	case "object":
		return m.object(s, depth)
	}
	return m.anything(depth)
}

// kind picks one of the types of a schema, "" for any.
func (m *maker) kind(s object) string {
	switch t := s["type"].(type) {
	case string:
		return t
	case []any:
		return pickOne(m, t).(string)
	}
	if not, ok := s["not"].(object); ok && not["type"] == "null" {
		return pickOne(m, []string{"string", "integer", "object"})
	}
	return ""
}

// anything makes any JSON.
func (m *maker) anything(depth int) any {
	switch m.rnd.IntN(8) {
	case 0:
		return nil
	case 1:
		return m.one(2)
	case 2:
		return m.rnd.IntN(1000) - 500
	case 3:
		return m.rnd.Float64() * 100
	case 4:
		if depth > 4 {
			return []any{}
		}
		return []any{m.anything(depth + 1), m.anything(depth + 1)}
	case 5:
		if depth > 4 {
			return object{}
		}
		return object{m.word(3): m.anything(depth + 1)}
	}
	return m.word(m.rnd.IntN(12))
}

func asNumber(v any) (float64, bool) {
	switch n := v.(type) {
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case uint64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

func asInt(v any, otherwise int) int {
	if n, ok := asNumber(v); ok {
		return int(n)
	}
	return otherwise
}

func (m *maker) number(s object, kind string) any {
	low, hasLow := asNumber(s["minimum"])
	high, hasHigh := asNumber(s["maximum"])
	if !hasLow {
		low = -1000
	}
	if !hasHigh {
		high = max(low, 0) + 1000
	}
	if m.one(4) && hasLow {
		return number(low, kind)
	}
	if m.one(4) && hasHigh {
		return number(high, kind)
	}
	return number(low+m.rnd.Float64()*(high-low), kind)
}

func number(f float64, kind string) json.Number {
	if kind == "integer" {
		return json.Number(strconv.FormatInt(int64(f), 10))
	}
	return json.Number(strconv.FormatFloat(f, 'g', 6, 64))
}

// letters make texts of one to four bytes a character.
var letters = []rune("abcxyzABC019 -_.äß日😀")

func (m *maker) word(n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(pickOne(m, letters))
	}
	return b.String()
}

func (m *maker) text(s object) string {
	least := asInt(s["minLength"], 0)
	most := asInt(s["maxLength"], least+8)
	n := least
	switch {
	case m.one(4):
		n = most
	case most > least:
		n = least + m.rnd.IntN(min(most, 200)-least+1)
	}
	switch {
	case s["contentEncoding"] == "base64":
		return m.base64(s, n)
	case s["format"] == "date-time":
		return pickOne(m, []string{"2026-01-02T15:04:05Z", "2026-01-02T15:04:05.123456789+01:00", "0000-01-01T00:00:00-23:59", "9999-12-31T23:59:59Z"})
	case s["format"] == "email":
		return pickOne(m, []string{"a@b.example", "first.last+tag@sub.example.com", "x@localhost"})
	}
	switch pattern, _ := s["pattern"].(string); {
	case strings.Contains(pattern, "ms|s|m|h"):
		return pickOne(m, []string{"1s", "1m30s", "-2h", "0", "1.5h", "30s", "100us", "+3ms"})
	case pattern == `^(0|[1-9][0-9]*)$`:
		return strconv.Itoa(m.rnd.IntN(300))
	case strings.HasPrefix(pattern, `^-?(0|[1-9]`), strings.HasPrefix(pattern, `^(0|-?[1-9]`):
		return strconv.Itoa(m.rnd.IntN(30) - 15)
	case s["format"] == "uuid":
		return "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
	}
	if description, _ := s["description"].(string); strings.Contains(description, "text form of its own") {
		return pickOne(m, []string{"#00ff00", "#123456"})
	}
	return m.word(n)
}

// base64 encodes as many bytes as make about n characters, as few or many as
// the patterns allow.
func (m *maker) base64(s object, n int) string {
	data := make([]byte, n/4*3)
	for i := range data {
		data[i] = byte(m.rnd.Uint32())
	}
	for range 3 {
		text := base64.StdEncoding.EncodeToString(data)
		fits := true
		for _, part := range list(s["allOf"]) {
			fits = fits && matches(part["pattern"], text)
		}
		if fits || len(data) == 0 {
			return text
		}
		data = data[:len(data)-1]
	}
	return base64.StdEncoding.EncodeToString(data)
}

func list(v any) []object {
	var out []object
	items, _ := v.([]any)
	for _, item := range items {
		if o, ok := item.(object); ok {
			out = append(out, o)
		}
	}
	return out
}

func (m *maker) array(s object, depth int) any {
	least := asInt(s["minItems"], 0)
	most := asInt(s["maxItems"], least+3)
	n := least
	if most > least && depth < 6 {
		n += m.rnd.IntN(most - least + 1)
	}
	items, _ := s["items"].(object)
	out := []any{}
	for range n {
		out = append(out, m.value(items, depth+1))
	}
	return out
}

func (m *maker) object(s object, depth int) any {
	out := object{}
	required, _ := s["required"].([]any)
	properties, _ := s["properties"].(object)
	for _, name := range sortedNames(properties) {
		if slices.Contains(required, any(name)) || m.one(2) && depth < 6 {
			out[name] = m.value(properties[name].(object), depth+1)
		}
	}
	inner, ok := s["additionalProperties"].(object)
	if !ok {
		return out
	}
	least := asInt(s["minProperties"], 0)
	most := asInt(s["maxProperties"], least+2)
	n := least
	if most > least && depth < 6 {
		n += m.rnd.IntN(most - least + 1)
	}
	for range n {
		name := m.word(3)
		if names, ok := s["propertyNames"].(object); ok {
			name, _ = m.value(withType(names, "string"), depth+1).(string)
		}
		out[name] = m.value(inner, depth+1)
	}
	return out
}

func withType(s object, kind string) object {
	out := object{"type": kind}
	for k, v := range s {
		out[k] = v
	}
	return out
}

func sortedNames(o object) []string {
	var names []string
	for name := range o {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
