package jose

import "encoding/json"

// keyNames are members of JWK that some reader gives a meaning.
var keyNames = []string{
	"kty", "use", "key_ops", "alg", "kid", "x5u", "x5c", "x5t", "x5t#S256", "crv", "x", "y", "n", "e",
	"d", "p", "q", "dp", "dq", "qi", "oth", "k", "ext", "iat", "exp", "nbf", "pub", "priv", "KTY", "other", "revoked",
}

// keyValues are those that readers disagree about.
var keyValues = []string{
	`null`, `true`, `""`, `"a"`, `0`, `1e400`, `[]`, `{}`, `[1]`, `"sig"`, `"enc"`, `"Sig"`, `["verify"]`, `["sign","verify"]`, `["verify","verify"]`,
	`["verify","encrypt"]`, `["a","verify"]`, `"RSA"`, `"EC"`, `"OKP"`, `"oct"`, `"rsa"`, `"P-256"`, `"P-384"`, `"P-521"`, `"secp256k1"`, `"Ed25519"`, `"X25519"`, `"Ed448"`,
	`"RS256"`, `"PS256"`, `"ES256"`, `"ES256K"`, `"EdDSA"`, `"Ed25519"`, `"HS256"`, `"none"`, `"RSA-OAEP"`, `"dir"`, `"AQAB"`, `"AAEAAQ"`, `"Aw"`, `"AQ"`, `"Ag"`, `"AQAC"`,
	`"AQAAAAE"`, `"AQAB="`, `"AQA\u0042"`, `"AQAB\n"`, `"f////w"`, `"_____w"`, `"https://a.example/"`, `"%zz"`, `["AA"]`, `"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`,
	`"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`, `"2bRYLGBtj6LdrWEXpRl4jCiY9tlCiDPxPTdkMl1Fm_A"`, `"__________________________________________8"`,
}

// keyNumbers are numbers that make keys weak or none, by member.
var keyNumbers = map[string][]string{
	`"x"`: {
		`"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`, `"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`,
		`"JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU"`, `"7P_______________________________________38"`,
		`"AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`, `"_____wAAAAEAAAAAAAAAAAAAAAD_______________w"`, `""`,
	},
	`"y"`: {`"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`, `"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`, `""`},
	`"n"`: {`"AQAB"`, `"AQ"`, `"AA"`, `""`},
	`"e"`: {`"AQ"`, `"Ag"`, `"Aw"`, `"AA"`, `"AAEAAQ"`, `"AQAA"`, `"gAAAAQ"`, `"f____w"`, `"AQAAAAAAAAAB"`, `""`},
}

// objectOf takes a JWK apart.
func objectOf(text []byte) *object {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		panic(err)
	}
	o := new(object)
	for _, name := range keyNames { // in one order
		if value, ok := members[name]; ok {
			o.members = append(o.members, member{`"` + name + `"`, string(value)})
		}
	}
	return o
}

// editKey makes one change to a JWK.
func (o *object) editKey(c *choices) {
	if len(o.members) == 0 {
		return
	}
	m := &o.members[c.below(len(o.members))]
	switch c.below(9) {
	case 0, 1:
		o.members = append(o.members, member{`"` + pick(c, keyNames) + `"`, pick(c, keyValues)})
	case 2:
		m.value = pick(c, keyValues)
	case 3:
		*m = o.members[len(o.members)-1]
		o.members = o.members[:len(o.members)-1]
	case 4:
		m.value = respelled(c, m.value)
	case 5:
		o.members = append(o.members, *m)
	case 6:
		m.name = escaped(m.name, c.below(2) == 0)
	case 7:
		m.name, m.value = spaced(c, m.name), spaced(c, m.value)
	case 8:
		for i := range o.members {
			if numbers := keyNumbers[o.members[i].name]; numbers != nil && c.below(2) == 0 {
				o.members[i].value = pick(c, numbers)
			}
		}
	}
}

// respelled changes the base64 of a value.
func respelled(c *choices, value string) string {
	if len(value) < 4 || value[0] != '"' {
		return value
	}
	text := value[1 : len(value)-1]
	switch c.below(6) {
	case 0:
		text = "AA" + text
	case 1:
		text = "AAAA" + text
	case 2:
		text += pick(c, []string{"=", "A", "AA", "AAAA", `\n`, ".", "+"})
	case 3:
		text = text[:len(text)-1]
	case 4:
		text = text[:len(text)-1] + string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[c.below(64)])
	case 5:
		at := c.below(256) * len(text) / 256
		text = text[:at] + string("AQgw_-"[c.below(6)]) + text[at+1:]
	}
	return `"` + text + `"`
}

// editedSet returns a set of good keys after some changes.
func editedSet(c choices) []byte {
	var keys [][]byte
	from := publicJWKs()
	for range 1 + c.below(3) {
		o := objectOf(pick(&c, from))
		for range c.below(3) {
			o.editKey(&c)
		}
		keys = append(keys, []byte(o.String()))
	}
	return setOf(keys...)
}
