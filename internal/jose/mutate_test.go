package jose

import (
	"fmt"
	"strings"
)

// choices are bytes that decide what is changed. A fuzzer makes them up.
type choices []byte

// below returns a number below n, 0 when the bytes are used up.
func (c *choices) below(n int) int {
	if len(*c) == 0 {
		return 0
	}
	b := int((*c)[0])
	*c = (*c)[1:]
	return b % n
}

func pick[T any](c *choices, from []T) T { return from[c.below(len(from))] }

// object is the text of a JSON object, taken apart so far that it can be changed
// without looking like noise.
type object struct {
	members []member
	before  string
	after   string
}

type member struct{ name, value string } // both as JSON text

func (o *object) String() string {
	var b strings.Builder
	b.WriteString(o.before + "{")
	for i, m := range o.members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(m.name + ":" + m.value)
	}
	b.WriteString("}" + o.after)
	return b.String()
}

func headerOf(alg string) *object {
	return &object{members: []member{{`"alg"`, `"` + alg + `"`}, {`"typ"`, `"JWT"`}}}
}

func payloadOf() *object {
	return &object{members: []member{
		{`"iss"`, `"` + issuer + `"`},
		{`"sub"`, `"alice"`},
		{`"aud"`, `["` + audience + `"]`},
		{`"exp"`, fmt.Sprint(now + 600)},
		{`"nbf"`, fmt.Sprint(now)},
		{`"iat"`, fmt.Sprint(now)},
		{`"jti"`, `"1"`},
		{`"name"`, `"Alice"`},
	}}
}

// names are those that some reader gives a meaning.
var names = []string{
	"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "name", "scope", "cnf",
	"alg", "typ", "kid", "crit", "b64", "zip", "enc", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "cty", "nonce", "url", "p2c", "epk",
	"EXP", "Exp", "Alg", "", "other", "é", "\\u0000", "__proto__",
}

// values are those that readers disagree about.
var values = []string{
	`null`, `true`, `""`, `"a"`, `[]`, `{}`, `[null]`, `["a","orders"]`, `["orders",1]`, `[["orders"]]`, `"orders"`, `{"a":{"b":[1,null]}}`,
	`"https:\/\/login.example.com"`, `"\u0061"`, `"\ud83d\ude00"`, `"\ud800"`, "\"\xff\"", `"a\u0000b"`, `"a b"`,
	`0`, `-0`, `1`, `-1`, `1.5`, `1700000000`, `1700000600.999999999999`, `1.7000006e9`, `17000006E+2`, `1700000029`, `1699999971`, `1700000030`, `1699999970`,
	`999999999999`, `1e12`, `1e18`, `1e400`, `1e-400`, `9223372036854775807`, `9223372036854775808`, `0.1e11`, `"1700000600"`, `01`, `+1`, `.5`, `1.`,
	`"2023-11-14T22:13:20Z"`, `"JWT"`, `"at+jwt"`, `"application/at+jwt"`, `"none"`, `"HS256"`, `"Ed25519"`, `"EdDSA"`, `"RS256"`, `"ES256"`, `"ES512"`, `["exp"]`, `[[[[[[[[]]]]]]]]`,
}

// edit makes one change.
func (o *object) edit(c *choices) {
	at := func() *member {
		if len(o.members) == 0 {
			o.members = []member{{`"a"`, `1`}}
		}
		return &o.members[c.below(len(o.members))]
	}
	switch c.below(12) {
	case 0, 1:
		o.members = append(o.members, member{`"` + pick(c, names) + `"`, pick(c, values)})
	case 2:
		o.members = append([]member{{`"` + pick(c, names) + `"`, pick(c, values)}}, o.members...)
	case 3, 4, 5:
		at().value = pick(c, values)
	case 6:
		*at() = member{`"x"`, pick(c, values)}
	case 7:
		o.members = append(o.members, *at())
	case 8:
		m := at()
		m.name = escaped(m.name, c.below(2) == 0)
	case 9:
		m := at()
		m.name, m.value = spaced(c, m.name), spaced(c, m.value)
	case 10:
		o.before, o.after = pick(c, spaces), pick(c, append(spaces, "{}", "x", ",", "null"))
	case 11:
		m := at()
		m.value = `{` + m.name + `:` + m.value + `}`
	}
}

var spaces = []string{"", " ", "\t", "\r\n", "\n\n", "\u00a0", "\ufeff", "\x00", "\v"}

func spaced(c *choices, text string) string { return pick(c, spaces) + text + pick(c, spaces) }

// escaped spells the first letter of a name in another way.
func escaped(name string, upper bool) string {
	if len(name) < 3 || name[1] == '\\' || name[1] >= 0x80 {
		return name
	}
	if upper {
		return name[:1] + strings.ToUpper(name[1:2]) + name[2:]
	}
	return fmt.Sprintf(`"\u%04x%s`, name[1], name[2:])
}

// edited returns a token with changes in header and payload, signed after those.
// A last change is made to the signed token, so that some of them are forged.
func edited(v verifier, header, payload string, c choices) string {
	if header == "" {
		o := v.header()
		for range c.below(3) {
			o.edit(&c)
		}
		header = o.String()
	}
	if payload == "" {
		o := payloadOf()
		for range c.below(4) {
			o.edit(&c)
		}
		payload = o.String()
	}
	return forged(v.alg, v.alg.sign(header, payload), &c)
}

// forged changes the text of a token, mostly not at all.
func forged(alg algorithm, token string, c *choices) string {
	parts := strings.Split(token, ".")
	i := c.below(len(parts))
	switch c.below(24) {
	case 1:
		at := c.below(256) * len(token) / 256
		return token[:at] + string("ABab01-_.="[c.below(10)]) + token[at+1:]
	case 2:
		parts[i] += pick(c, []string{"=", "==", "A", "AA", "\n", "\r\n", " ", ".", "..", "\x00"})
	case 3:
		parts[i] = pick(c, []string{"=", " ", "\n", "."}) + parts[i]
	case 4:
		parts = append(parts[:i], parts[i+1:]...)
	case 5:
		parts = append(parts, parts[i])
	case 6:
		parts[i] = ""
	case 7: // the same bits in another spelling
		parts[i] = parts[i][:max(0, len(parts[i])-1)] + string("BCDEFGHIJKLMNOPQRSTUVWXYZ"[c.below(25)])
		if i < 2 {
			return alg.signSegments(parts[0], parts[1])
		}
	case 8: // white space in what is signed
		at := min(4, len(parts[i%2]))
		parts[i%2] = parts[i%2][:at] + pick(c, []string{"\n", "\r\n", " ", "="}) + parts[i%2][at:]
		return alg.signSegments(parts[0], parts[1])
	}
	return strings.Join(parts, ".")
}
