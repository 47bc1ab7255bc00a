package config

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// fillScalar is for text, numbers and booleans.
func (l *loader) fillScalar(v reflect.Value, n *node, path string) {
	switch v.Kind() {
	case reflect.String:
		if n.kind == text {
			v.SetString(n.text)
			return
		}
		hint := ""
		if n.isScalar() {
			hint = ": put it in quotes"
		}
		l.add(n, path, "expected text, got %v%s", n.kind, hint)
	case reflect.Bool:
		switch {
		case l.has(n, boolean) && (n.text == "true" || n.text == "false"):
			v.SetBool(n.text == "true")
		case n.kind == text && !n.expanded && (n.text == "true" || n.text == "false"):
			l.add(n, path, "expected true or false, got text: take the quotes away")
		case n.kind == text:
			l.add(n, path, "expected true or false, got other text")
		default:
			l.add(n, path, "expected true or false, got %v", n.kind)
		}
	case reflect.Float32, reflect.Float64:
		if f, err := strconv.ParseFloat(n.text, v.Type().Bits()); l.hasNumber(n, path, "a number", err == nil) && err == nil {
			v.SetFloat(f)
		}
	default:
		l.fillWhole(v, n, path)
	}
}

// whole is a whole number as everybody reads it. 010 is 8 to some parsers.
var whole = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*)$`)

// fillWhole is for integers.
func (l *loader) fillWhole(v reflect.Value, n *node, path string) {
	isWhole := whole.MatchString(n.text)
	if !l.hasNumber(n, path, "a whole number", isWhole) {
		return
	}
	bits, err := v.Type().Bits(), error(nil)
	if v.CanInt() {
		var i int64
		if i, err = strconv.ParseInt(n.text, 10, bits); err == nil {
			v.SetInt(i)
		}
		if err != nil {
			l.add(n, path, "expected a whole number from -%d to %d", uint64(1)<<(bits-1), uint64(1)<<(bits-1)-1)
		}
		return
	}
	u, err := strconv.ParseUint(n.text, 10, bits)
	if err != nil {
		l.add(n, path, "expected a whole number from 0 to %d", ^uint64(0)>>(64-bits))
		return
	}
	v.SetUint(u)
}

// has reports whether n is of the kind, or text that came from the environment
// and may be of any.
func (l *loader) has(n *node, want kind) bool { return n.kind == want || n.kind == text && n.expanded }

// hasNumber notes when n is no number of the form that its field wants.
func (l *loader) hasNumber(n *node, path, want string, fits bool) bool {
	switch {
	case l.has(n, number) && fits:
		return true
	case n.kind == number:
		l.add(n, path, "expected %s in decimal digits, without leading zeros", want)
	case n.kind == text && fits:
		l.add(n, path, "expected %s, got text: take the quotes away", want)
	default:
		l.add(n, path, "expected %s, got %v", want, n.kind)
	}
	return false
}

// fillDuration takes 90s, 1m30s or a number of seconds.
func (l *loader) fillDuration(v reflect.Value, n *node, path string) {
	const limit = int64((1<<63 - 1) / time.Second)
	if n.isScalar() && n.kind != boolean {
		if s, err := strconv.ParseInt(n.text, 10, 64); err == nil && (n.kind == number || n.expanded) && -limit <= s && s <= limit {
			v.SetInt(int64(time.Duration(s) * time.Second))
			return
		}
		if d, err := time.ParseDuration(n.text); err == nil && n.kind == text {
			v.SetInt(int64(d))
			return
		}
	}
	l.add(n, path, "expected a duration such as 500ms, 90s or 1m30s, or a whole number of seconds")
}

// fillText is for types that read text.
func (l *loader) fillText(v reflect.Value, n *node, path string) {
	if !n.isScalar() {
		l.add(n, path, "expected text or a number, got %v", n.kind)
		return
	}
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.text)); err != nil {
		l.add(n, path, "%s", l.reason(v.Type(), n, err))
	}
}

// fillJSON is for types that read JSON and no text.
func (l *loader) fillJSON(v reflect.Value, n *node, path string) {
	if err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(n.appendJSON(nil)); err != nil {
		l.add(n, path, "%s", l.reason(v.Type(), n, err))
	}
}

// reason is why a type refused a value. Types of others may repeat the value in
// what they say, so theirs is passed on only as far as it is known not to.
func (l *loader) reason(t reflect.Type, n *node, err error) string {
	if strings.HasPrefix(t.PkgPath(), "github.com/apigen-go/apigen/runtime") {
		return err.Error()
	}
	if errors.Is(err, strconv.ErrRange) {
		return fmt.Sprintf("expected what a %v holds, got a number out of its range", t)
	}
	return fmt.Sprintf("expected what a %v reads, got %v that it refuses", t, n.kind)
}
