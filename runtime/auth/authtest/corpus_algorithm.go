package authtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// algorithms are tokens that name another algorithm than the key's.
func (k *corpus) algorithms() {
	const none, exact, one = "RFC 8725 section 2.1, CVE-2015-9235", "RFC 7515 section 4.1.1", "RFC 8725 section 3.1"
	for _, name := range []string{"none", "None", "NONE", "nOnE", "noNe", "none ", " none", "none\u0000", ""} {
		header := k.header.with("alg", quoted(name))
		unsigned := encode(header.String()) + "." + encode(k.payload.String()) + "."
		k.add(quoted(name)+" without a signature", none, unsigned)
		k.add(quoted(name)+" with any signature", none, unsigned+encode("signature"))
		k.head(quoted(name)+" with a good signature", none, header.String())
	}
	k.head("no alg", exact, k.header.without("alg").String())
	k.add("no alg and no signature", exact, encode(k.header.without("alg").String())+"."+encode(k.payload.String())+".")
	for _, value := range []string{"null", "256", "true", "{}", "[]", `["none"]`, "[" + quoted(k.s.alg.name) + "]"} {
		k.head("alg is "+value, exact, k.header.with("alg", value).String())
	}
	own := k.s.alg.name
	for _, name := range []string{
		strings.ToLower(own), string(otherCase([]byte(own[:1]))) + own[1:], own + " ", " " + own, own + "\u0000", own + "\n",
		"SHA256", "HMAC", "Ed448", "ES256K", "RSA-OAEP", "dir", "A128KW", "PBES2-HS256+A128KW", "HS1", "HS256/64", "RS1",
	} {
		if name != own {
			k.head("alg is "+quoted(name)+" with a good signature", exact, k.header.with("alg", quoted(name)).String())
		}
	}
	k.head("ALG instead of alg", exact, k.header.without("alg").with("ALG", quoted(own)).String())

	for _, a := range algorithms {
		if a.name == own {
			continue
		}
		header := k.header.with("alg", quoted(a.name))
		k.head("a good signature with the name "+a.name, one, header.String())
		attacker := &Signer{alg: a, key: a.newKey(attackerRSA), now: k.s.now}
		k.forged("signed as "+a.name+" says, with another key", one, attacker, header)
		if m := sameKey(a, k.s.key); m != nil {
			k.forged("signed as "+a.name+" says, with the same key", one, &Signer{alg: algorithm{method: m}, key: k.s.key}, header)
		}
	}
}

// sameKey returns a method that signs with key as a would, or nil when a needs
// another kind of key.
func sameKey(a algorithm, key any) jwt.SigningMethod {
	switch key := key.(type) {
	case []byte:
		if a.family == familySecret {
			return a.method
		}
	case *rsa.PrivateKey:
		if a.family == familyRSA {
			return a.method
		}
	case *ecdsa.PrivateKey:
		if a.family == familyEC {
			bits := key.Params().BitSize
			return &jwt.SigningMethodECDSA{Hash: hashOf(a), KeySize: (bits + 7) / 8, CurveBits: bits}
		}
	}
	return nil
}

// confusions are tokens whose secret is what everybody knows: the text of the public
// key, as a library may hold it that takes any key for any algorithm.
func (k *corpus) confusions() {
	public := publicOf(k.s.key)
	if public == nil {
		return
	}
	texts := publicTexts(public)
	texts = append(texts,
		named{"JWK", k.s.jwk().String()},
		named{"JWK set", k.s.JWKS()},
		named{"key's id", k.s.id},
	)
	for _, m := range []*jwt.SigningMethodHMAC{jwt.SigningMethodHS256, jwt.SigningMethodHS384, jwt.SigningMethodHS512} {
		for _, text := range texts {
			by := &Signer{alg: algorithm{method: m}, key: []byte(text.text)}
			k.forged(m.Name+" with the "+text.name+" as secret", "CVE-2015-9235, CVE-2022-29217, CVE-2026-34950", by, k.header.with("alg", quoted(m.Name)))
			if m == jwt.SigningMethodHS256 {
				k.forged("HMAC with the "+text.name+" as secret, under the key's own name", "RFC 8725 section 2.1", by, k.header)
			}
		}
	}
}

type named struct{ name, text string }

// publicTexts lists the forms in which a public key is stored.
func publicTexts(public crypto.PublicKey) []named {
	der := must(x509.MarshalPKIXPublicKey(public))
	text := publicPEM(public)
	body := strings.Split(strings.TrimSpace(text), "\n")
	texts := []named{
		{"PEM", text},
		{"PEM without the last line feed", strings.TrimSpace(text)},
		{"PEM with carriage returns", strings.ReplaceAll(text, "\n", "\r\n")},
		{"PEM behind a line feed", "\n" + text},
		{"PEM in one line", strings.ReplaceAll(text, "\n", "")},
		{"PEM with line feeds as escapes", strings.ReplaceAll(text, "\n", `\n`)},
		{"body of the PEM", strings.Join(body[1:len(body)-1], "\n")},
		{"DER", string(der)},
		{"DER in base64", base64.StdEncoding.EncodeToString(der)},
		{"DER in base64url", encode(der)},
	}
	switch key := public.(type) {
	case *rsa.PublicKey:
		pkcs1 := x509.MarshalPKCS1PublicKey(key)
		return append(texts,
			named{"PKCS #1 PEM", pemOf("RSA PUBLIC KEY", pkcs1)},
			named{"PKCS #1 DER", string(pkcs1)},
			named{"modulus", string(key.N.Bytes())},
			named{"modulus in base64url", encode(key.N.Bytes())},
			named{"exponent", strconv.Itoa(key.E)})
	case *ecdsa.PublicKey:
		point := must(key.Bytes())
		return append(texts,
			named{"point", string(point)},
			named{"point in base64url", encode(point)},
			named{"x coordinate", string(point[1 : 1+len(point)/2])})
	case ed25519.PublicKey:
		return append(texts, named{"bytes", string(key)}, named{"bytes in base64url", encode(key)})
	default:
		return texts
	}
}
