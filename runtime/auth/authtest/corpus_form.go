package authtest

import (
	"strings"
)

// forms are texts that are no signed token in the compact form.
func (k *corpus) forms() {
	const compact, size = "RFC 7515 section 7.1", "CVE-2025-30204, CVE-2025-27144"
	good := k.good()
	part := strings.Split(good, ".")
	head, body, sig := part[0], part[1], part[2]
	k.add("one part", compact, head)
	k.add("two parts", compact, head+"."+body)
	k.add("four parts", compact, good+"."+sig)
	k.add("four parts, the last one empty", compact, good+".")
	k.add("no header", compact, "."+body+"."+sig)
	k.add("no payload", "RFC 7515 appendix F", head+".."+sig)
	k.add("no signature", compact, head+"."+body+".")
	k.add("no payload and no signature", compact, head+"..")
	k.add("two dots", compact, "..")
	k.add("a word", compact, "null")
	k.add("a UUID", compact, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
	k.add("the parts in another order", compact, body+"."+head+"."+sig)
	k.add("a good token twice", compact, good+"."+good)
	k.add("a thousand dots", size, strings.Repeat(".", 1000))
	k.add("a million dots", size, strings.Repeat(".", hugeToken))
	k.add("a million letters", "RFC 9110 section 17.5", strings.Repeat("A", hugeToken/2)+"."+body+"."+strings.Repeat("A", hugeToken/2))

	const jwe, jsonForm = "RFC 7516 section 9, CVE-2023-51774", "RFC 7515 section 7.2, CVE-2016-9122"
	encrypted := encode(`{"alg":"dir","enc":"A128CBC-HS256"}`)
	k.add("encrypted, five parts", jwe, encrypted+"..AAAAAAAAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA")
	k.add("encrypted with a password of a million rounds", "CVE-2023-49290",
		encode(`{"alg":"PBES2-HS256+A128KW","enc":"A128CBC-HS256","p2s":"AAAA","p2c":2147483647}`)+".AAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAA.AAAA")
	k.add("flattened JSON", jsonForm, `{"payload":"`+body+`","protected":"`+head+`","signature":"`+sig+`"}`)
	k.add("general JSON", jsonForm, `{"payload":"`+body+`","signatures":[{"protected":"`+head+`","signature":"`+sig+`"}]}`)
	k.add("general JSON with two signatures", jsonForm, `{"payload":"`+body+`","signatures":[{"protected":"`+
		encode(`{"alg":"none"}`)+`","signature":""},{"protected":"`+head+`","signature":"`+sig+`"}]}`)
	k.add("JSON without signatures", "CVE-2024-21664", `{"payload":"`+body+`","signatures":[]}`)
	k.add("JSON with a header that is not signed", jsonForm, `{"payload":"`+body+`","header":`+k.header.String()+`,"signature":"`+sig+`"}`)
}

// hugeToken is more than any token has, and less than the header fields that
// net/http reads by default.
const hugeToken = 1 << 20

// spellings are tokens that decode to good ones in a decoder that is not strict.
func (k *corpus) spellings() {
	const alphabet, padding, canonical = "RFC 7515 section 2", "RFC 7515 section 2: no padding", "RFC 4648 section 3.5"
	good := k.good()
	part := strings.Split(good, ".")
	head, body, sig := part[0], part[1], part[2]
	for _, in := range []struct{ name, text string }{
		{"space", " "},
		{"tab", "\t"},
		{"line feed", "\n"},
		{"carriage return and line feed", "\r\n"},
		{"NUL", "\x00"},
		{"percent sign", "%2E"},
		{"letter outside of ASCII", "é"},
		{"zero width space", "\u200b"},
	} {
		k.add(in.name+" in the header", alphabet, head[:4]+in.text+head[4:]+"."+body+"."+sig)
		k.add(in.name+" in the payload", alphabet, head+"."+body[:4]+in.text+body[4:]+"."+sig)
		k.add(in.name+" in the signature", alphabet, head+"."+body+"."+sig[:4]+in.text+sig[4:])
	}
	k.add("line feed in the header, signed", alphabet, k.s.SignSegments(head[:4]+"\n"+head[4:], body))
	k.add("line feed in the payload, signed", alphabet, k.s.SignSegments(head, body[:4]+"\r\n"+body[4:]))
	k.add("padding in the header, signed", padding, k.s.SignSegments(head+"=", body))
	k.add("padding in the payload, signed", padding, k.s.SignSegments(head, body+"="))
	k.add("two signs of padding in the payload, signed", padding, k.s.SignSegments(head, body+"=="))
	k.add("padding behind the signature", padding, good+"=")
	k.add("two signs of padding behind the signature", padding, good+"==")
	k.add("dots as percent signs", alphabet, strings.ReplaceAll(good, ".", "%2E"))
	k.add("another kind of dot", alphabet, strings.ReplaceAll(good, ".", "\u2024"))
	k.add("in lower case", alphabet, strings.ToLower(good))
	k.add("quoted", alphabet, `"`+good+`"`)

	// A payload whose text has both of the letters by which the alphabets differ.
	both := encode(k.payload.with("x", `"????>>>>~~~~"`).with("y", `"?>~?>~ ?>~"`).String())
	standard := strings.NewReplacer("-", "+", "_", "/").Replace(both)
	k.add("standard alphabet, signed", "RFC 7515 section 2, RFC 4648 section 4", k.s.SignSegments(head, standard))
	k.add("standard alphabet", "RFC 7515 section 2, RFC 4648 section 4", respelled(k.s.SignSegments(head, both), standard))

	looseHead := encode(loose(k.header.String()))
	looseBody := encode(loose(k.payload.String()))
	k.add("bits left over in the header, signed", canonical, k.s.SignSegments(next(looseHead), body))
	k.add("bits left over in the payload, signed", canonical, k.s.SignSegments(head, next(looseBody)))
	if len(sig)%4 != 0 {
		k.add("bits left over in the signature", canonical, head+"."+body+"."+next(sig))
	}
	k.add("one letter too many", canonical, head+"."+body+"."+sig+strings.Repeat("A", (5-len(sig)%4)%4))
}

// respelled returns token with another payload.
func respelled(token, payload string) string {
	part := strings.Split(token, ".")
	return part[0] + "." + payload + "." + part[2]
}

// loose adds space to JSON text until its encoding has bits that stand for nothing.
func loose(text string) string {
	for len(text)%3 == 0 {
		text += " "
	}
	return text
}

// next returns segment with another last letter, which differs in the bits that
// stand for nothing.
func next(segment string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := len(segment) - 1
	return segment[:last] + string(alphabet[strings.IndexByte(alphabet, segment[last])|1])
}
