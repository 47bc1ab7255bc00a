package config

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/big"
	"net"
	"net/netip"
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
		case n.kind == text && n.text != "":
			l.add(n, path, "expected true or false, got other text")
		default:
			l.add(n, path, "expected true or false, got %s", n.got())
		}
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(n.text, v.Type().Bits())
		if l.hasNumber(n, path, "a number", err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)) {
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
		form := "in the range of its field"
		if want != "a number" {
			form = "in decimal digits, without leading zeros"
		}
		l.add(n, path, "expected %s %s", want, form)
	case n.kind == text && fits:
		l.add(n, path, "expected %s, got text: take the quotes away", want)
	default:
		l.add(n, path, "expected %s, got %s", want, n.got())
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
	// The method fills a new value: what v holds may share memory with the caller's.
	fresh := reflect.New(v.Type())
	if err := fresh.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.text)); err != nil {
		l.add(n, path, "%s", l.reason(v.Type(), n, err))
		return
	}
	v.Set(fresh.Elem())
}

// fillJSON is for types that read JSON and no text.
func (l *loader) fillJSON(v reflect.Value, n *node, path string) {
	if err := v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(n.appendJSON(nil)); err != nil {
		l.add(n, path, "%s", l.reason(v.Type(), n, err))
	}
}

// forms are what types of the standard library read.
var forms = map[reflect.Type]string{
	reflect.TypeFor[time.Time]():      "a time such as 2006-01-02T15:04:05Z (RFC 3339)",
	reflect.TypeFor[slog.Level]():     "debug, info, warn or error, such as info or warn+1",
	reflect.TypeFor[netip.Addr]():     "an IP address such as 192.0.2.1 or 2001:db8::1",
	reflect.TypeFor[netip.AddrPort](): "an IP address with a port such as 192.0.2.1:80 or [2001:db8::1]:80",
	reflect.TypeFor[netip.Prefix]():   "a network such as 192.0.2.0/24 or 2001:db8::/32",
	reflect.TypeFor[net.IP]():         "an IP address such as 192.0.2.1 or 2001:db8::1",
	reflect.TypeFor[regexp.Regexp]():  "a regular expression (RE2)",
	reflect.TypeFor[big.Int]():        "a whole number",
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
	if form, ok := forms[t]; ok {
		return "expected " + form
	}
	return fmt.Sprintf("expected what a %v reads, got %s that it refuses", t, n.got())
}
