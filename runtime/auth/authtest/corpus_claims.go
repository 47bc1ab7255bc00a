package authtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/runtime/auth"
)

// payloads are not what RFC 7519 section 4 wants of their JSON.
func (k *corpus) payloads() {
	const object, unique, utf8 = "RFC 7519 section 7.2", "RFC 7519 section 4: names are unique", "RFC 7519 section 7.2: UTF-8"
	for _, b := range broken(k.payload.String()) {
		k.claim(b.name, object, b.text)
	}
	exp := k.payload[k.payload.index("exp")].value
	k.claim("exp twice, the same", unique, k.payload.last("exp", exp).String())
	k.claim("exp twice, in the past behind", unique, k.payload.last("exp", "1").String())
	k.claim("exp twice, in the past in front", unique, k.payload.first("exp", "1").String())
	k.claim("exp twice, once with an escape", unique, k.payload.first(`\u0065xp`, "1").String())
	k.claim("sub twice", unique, k.payload.last("sub", `"admin"`).String())
	k.claim("sub twice, once with an escape", unique, k.payload.last(`s\u0075b`, `"admin"`).String())
	k.claim("jti twice", unique, k.payload.last("jti", `"x"`).String())
	k.claim("iss twice", unique, k.payload.without("iss").first("iss", `"a"`).last("iss", quoted(k.c.Issuer)).String())
	k.claim("aud twice", unique, k.payload.without("aud").first("aud", `"a"`).last("aud", `"b"`).String())
	k.claim("an unknown claim twice", unique, k.payload.last("x", "1").last("x", "1").String())
	k.claim("a name twice further in", unique, k.payload.last("x", `{"y":1,"y":2}`).String())
	k.claim("a byte that is not UTF-8", utf8, k.payload.last("x", "\"\xff\"").String())
	k.claim("a name that is not UTF-8", utf8, k.payload.last("\xc3\x28", "1").String())
	k.claim("half a surrogate pair", utf8, k.payload.last("x", `"\udfff"`).String())
}

// times are exp, nbf and iat that are not good.
func (k *corpus) times() {
	const expRule, number, date = "RFC 7519 section 4.1.4", "RFC 7519 section 2: NumericDate", "RFC 9068 section 2.2"
	exp := func(name, source, value string) {
		k.claim("exp is "+name, source, k.payload.with("exp", value).String())
	}
	seconds := func(n int64) string { return strconv.FormatInt(n, 10) }
	past := k.now - k.leeway()
	exp("past by the leeway", expRule, seconds(past))
	exp("past by a second more", expRule, seconds(past-1))
	exp("past by an hour", expRule, seconds(past-3600))
	exp("past, with a fraction", expRule, seconds(past-1)+".5")
	exp("past, as a power of ten", expRule, "1e9")
	exp("the first second of 1970", expRule, "1")
	exp("zero", expRule, "0")
	exp("negative zero", expRule, "-0")
	exp("less than a second", expRule, "0.5")
	exp("negative", expRule, "-1")
	exp("as negative as 64 bits allow", number, "-9223372036854775808")
	exp("more than 64 bits hold", number, "9223372036854775808")
	exp("more than a double holds", number, "1e400")
	exp("less than a double holds", number, "-1e400")
	exp("1e18", number, "1e18")
	exp("1e300", number, "1e300")
	exp("in milliseconds", number, seconds((k.now+900)*1000))
	exp("in nanoseconds", number, seconds((k.now+900)*1e9))
	exp("a string", number, quoted(seconds(k.now+900)))
	exp("an empty string", number, `""`)
	exp("a date", number, `"2099-01-01T00:00:00Z"`)
	exp("a list", number, "["+seconds(k.now+900)+"]")
	exp("an object", number, "{}")
	exp("a query of a database", number, `{"$gt":0}`)
	exp("true", number, "true")
	exp("infinite", number, "Infinity")
	exp("hexadecimal", number, "0x7fffffff")
	if !k.c.AllowNoExp {
		exp("null", date, "null")
		k.claim("no exp", date, k.payload.without("exp").String())
		for _, name := range []string{"EXP", "Exp", "exp ", "expires", `exp\u0000`} {
			k.claim(quoted(name)+" instead of exp", "RFC 7519 section 4: names are case-sensitive",
				k.payload.without("exp").with(name, seconds(k.now+900)).String())
		}
	}
	k.claim("EXP beside an exp in the past", "RFC 7519 section 4: names are case-sensitive",
		k.payload.with("exp", "1").with("EXP", seconds(k.now+900)).String())

	future := k.now + k.leeway()
	for _, name := range []string{"nbf", "iat"} {
		source := map[string]string{"nbf": "RFC 7519 section 4.1.5", "iat": "RFC 7519 section 4.1.6"}[name]
		for _, v := range []member{
			{"a minute ahead of the leeway", seconds(future + 60)},
			{"an hour ahead", seconds(future + 3600)},
			{"in milliseconds", seconds(k.now * 1000)},
			{"1e18", "1e18"},
			{"more than a double holds", "1e400"},
			{"a string", quoted(seconds(k.now))},
			{"a date", `"1999-01-01"`},
			{"a list", "[1]"},
			{"an object", "{}"},
			{"true", "true"},
		} {
			k.claim(name+" is "+v.name, source, k.payload.with(name, v.value).String())
		}
	}
}

// claims are about who issued a token, for whom, and for whose hands.
func (k *corpus) claims() {
	const bound = "RFC 7800 section 3.1"
	for _, cnf := range []string{
		`{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}`,
		`{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}`,
		`{"kid":"k"}`, "{}", "[]", `"x"`,
	} {
		k.claim("cnf is "+cnf, bound+", RFC 9449 section 7.2", k.payload.with("cnf", cnf).String())
	}
	k.claim("cnf with an escape", bound, k.payload.with(`c\u006ef`, `{"jkt":"x"}`).String())
	for _, name := range []string{"iss", "sub", "jti"} {
		for _, value := range []string{"1", "true", "{}", "[" + quoted(k.c.Issuer) + "]"} {
			k.claim(name+" is "+value, "RFC 7519 section 4.1", k.payload.with(name, value).String())
		}
	}
	for _, value := range []string{"1", "true", "{}", "[1]", "[null]", `[["a"]]`, `{"a":"b"}`} {
		k.claim("aud is "+value, "RFC 7519 section 4.1.3", k.payload.with("aud", value).String())
	}
	if k.c.Issuer != "" {
		k.issuers(k.c.Issuer)
	}
	if len(k.c.Audience) > 0 {
		k.audiences(k.c.Audience[0])
	}
}

func (k *corpus) issuers(own string) {
	const source = "RFC 8725 section 3.8"
	k.claim("no iss", source, k.payload.without("iss").String())
	for _, iss := range []string{
		`null`, `""`, `"https://attacker.example"`, quoted(own + "/"), quoted(own + "x"), quoted("x" + own), quoted(own[:len(own)-1]),
		quoted(own + " "), quoted(" " + own), quoted(own + "\u0000"), quoted(own + ".attacker.example"), quoted(own + "@attacker.example"),
		quoted(own + "," + own), quoted(string(otherCase([]byte(own)))), "[" + quoted(own) + "," + quoted(own) + "]",
	} {
		trusted := slices.ContainsFunc(k.c.Issuers, func(o auth.Trusted) bool { return quoted(o.Issuer) == iss })
		if iss != quoted(own) && !trusted {
			k.claim("iss is "+iss, source, k.payload.with("iss", iss).String())
		}
	}
	k.claim("ISS instead of iss", source, k.payload.without("iss").with("ISS", quoted(own)).String())
	for _, other := range k.c.Issuers {
		if s, err := SignerOf(auth.Config{AccessSecret: other.AccessSecret, Algorithms: other.Algorithms}); err == nil {
			k.forged("signed by the issuer "+quoted(other.Issuer), source, s, k.header.with("alg", quoted(s.alg.name)).without("kid"))
		}
	}
}

func (k *corpus) audiences(own string) {
	const source = "RFC 8725 section 3.9, CVE-2020-26160"
	k.claim("no aud", source, k.payload.without("aud").String())
	for _, aud := range []string{
		`null`, `""`, `[]`, `[""]`, `"other"`, `["other"]`, `["other","another"]`, quoted(own + "/"), quoted(own + "x"), quoted("x" + own),
		quoted(own[:len(own)-1]), quoted(own + " "), quoted(own + "\u0000"), quoted(own + ",other"), quoted("other " + own),
		quoted(string(otherCase([]byte(own)))), fmt.Sprintf("[[%s]]", quoted(own)), fmt.Sprintf("[%s,1]", quoted(own)),
		fmt.Sprintf(`{"0":%s}`, quoted(own)), fmt.Sprintf(`{"aud":%s}`, quoted(own)), `"*"`, quoted(strings.Repeat(own, 2)),
	} {
		if !k.isAudience(aud) {
			k.claim("aud is "+aud, source, k.payload.with("aud", aud).String())
		}
	}
	k.claim("AUD instead of aud", source, k.payload.without("aud").with("AUD", quoted(own)).String())
}

// isAudience reports whether text stands for an audience of the service, of which it
// may have several.
func (k *corpus) isAudience(text string) bool {
	for _, a := range k.c.Audience {
		if text == quoted(a) || text == "["+quoted(a)+"]" {
			return true
		}
	}
	return false
}
