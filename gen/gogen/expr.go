package gogen

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/apigen-go/apigen/gen/model"
)

// piece is source text, or a name of another package.
type piece struct {
	pkg  string // import path, "" for text
	text string
	user bool // came with the model, as opposed to text of this package
}

// expr is a run of source that knows where it names other packages.
type expr []piece

// x joins parts into one expression: strings and numbers stand as they are,
// expressions of the model keep their names of other packages.
func x(parts ...any) expr {
	e := make(expr, 0, len(parts))
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			e = append(e, piece{text: part})
		case int:
			e = append(e, piece{text: strconv.Itoa(part)})
		case expr:
			e = append(e, part...)
		case model.Expr:
			for _, p := range part {
				e = append(e, piece{pkg: p.Pkg, text: p.Text, user: true})
			}
		default:
			panic(fmt.Sprintf("gogen: %T is no part of an expression", part))
		}
	}
	return e
}

// width estimates how many columns the expression takes.
func (e expr) width() int {
	n := 0
	for _, p := range e {
		n += len(p.text)
		if p.pkg != "" {
			n += len(lastElem(p.pkg)) + 1
		}
	}
	return n
}

// text returns the expression as it reads when no import is renamed.
func (e expr) text() string {
	var b strings.Builder
	for _, p := range e {
		if p.pkg != "" {
			b.WriteString(lastElem(p.pkg) + ".")
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// join puts sep between the parts.
func join(parts []expr, sep string) expr {
	var e expr
	for i, p := range parts {
		if i > 0 {
			e = append(e, piece{text: sep})
		}
		e = append(e, p...)
	}
	return e
}

// Import paths of what generated code builds on.
const (
	runtimePath = "github.com/apigen-go/apigen/runtime"
	authPath    = runtimePath + "/auth"
	genrtPath   = runtimePath + "/genrt"
	jsonrtPath  = runtimePath + "/jsonrt"
)

// sym names something of another package.
func sym(pkg, name string) expr { return expr{{pkg: pkg, text: name}} }

func httpSym(name string) expr    { return sym("net/http", name) }
func runtimeSym(name string) expr { return sym(runtimePath, name) }
func authSym(name string) expr    { return sym(authPath, name) }
func genrtSym(name string) expr   { return sym(genrtPath, name) }
func jsonrtSym(name string) expr  { return sym(jsonrtPath, name) }

// str writes a string literal. It is the only way foreign text enters an
// expression.
func str(s string) string { return strconv.Quote(s) }

// strs writes string literals as a list.
func strs(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = str(s)
	}
	return strings.Join(quoted, ", ")
}

var units = []struct {
	d    time.Duration
	name string
}{
	{time.Hour, "Hour"},
	{time.Minute, "Minute"},
	{time.Second, "Second"},
	{time.Millisecond, "Millisecond"},
	{time.Microsecond, "Microsecond"},
	{time.Nanosecond, "Nanosecond"},
}

// duration writes a duration as people do: 3 * time.Second.
func duration(d time.Duration) expr {
	for _, u := range units {
		if d == u.d {
			return sym("time", u.name)
		}
		if d != 0 && d%u.d == 0 {
			return x(strconv.FormatInt(int64(d/u.d), 10), " * ", sym("time", u.name))
		}
	}
	return x("0")
}

// size writes a number of bytes: 1<<20, 64<<10.
func size(n int64) string {
	for _, shift := range []uint{30, 20, 10} {
		if n > 0 && n%(1<<shift) == 0 {
			return strconv.FormatInt(n>>shift, 10) + "<<" + strconv.Itoa(int(shift))
		}
	}
	return strconv.FormatInt(n, 10)
}

// plainName tells that a JSON name needs no escape in JSON or in Go source:
// only such a name stands between back quotes.
func plainName(s string) bool {
	for _, c := range []byte(s) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '.' || c == '$' || c == '@') {
			return false
		}
	}
	return true
}
