package jwks

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"math/big"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// jwk is a JWK as it is written (RFC 7517 section 4). Of certificates in it nothing
// is used.
type jwk struct {
	members
	Operations *[]string `json:"key_ops"`

	D  *string `json:"d"`
	P  *string `json:"p"`
	Q  *string `json:"q"`
	DP *string `json:"dp"`
	DQ *string `json:"dq"`
	QI *string `json:"qi"`

	Others jsontext.Value `json:"oth"`
	K      jsontext.Value `json:"k"`
}

var errJWK = errors.New("expected a JWK, which is a JSON object with kty and the members of that type as strings, and no member twice")

func readJWK(text []byte) (*jwk, error) {
	j := new(jwk)
	if err := json.Unmarshal(text, j); err != nil || j.Type == "" { //check:jwk-json
		return nil, errJWK
	}
	return j, nil
}

func (j *jwk) isPrivate() bool {
	for _, m := range []*string{j.D, j.P, j.Q, j.DP, j.DQ, j.QI} {
		if m != nil {
			return true
		}
	}
	return j.Others != nil
}

// fit reports what keeps a key from the use of its signatures: operation is verify
// or sign.
func (j *jwk) fit(operation string) error {
	if j.Use != "" && j.Use != "sig" { //check:jwk-use
		return skip("expected a key for signatures, got one whose use is %.20q", j.Use)
	}
	if j.Operations != nil && !slices.Contains(*j.Operations, operation) { //check:jwk-operations
		return skip("expected a key whose key_ops has %s", operation)
	}
	if j.Operations != nil && repeats(*j.Operations) { //check:jwk-operations-twice
		return errors.New("expected key_ops without repetitions (RFC 7517 section 4.3)")
	}
	return nil
}

func repeats(list []string) bool {
	sorted := slices.Sorted(slices.Values(list)) // others may have written a long list
	return len(slices.Compact(sorted)) < len(list)
}

// public returns the key of a JWK that must not be a private one.
func (j *jwk) public(o Options) (*Key, error) {
	if j.Type == "oct" || j.K != nil { //check:jwk-symmetric
		return nil, errors.New("expected a public key, got a symmetric one (kty oct): it is a secret, for AccessSecret")
	}
	if j.isPrivate() { //check:jwk-private
		return nil, errPrivate
	}
	if err := j.fit("verify"); err != nil {
		return nil, err
	}
	public, err := j.publicKey()
	if err != nil {
		return nil, err
	}
	return j.key(public, o)
}

// key makes the key, with what the JWK says of it.
func (j *jwk) key(key any, o Options) (*Key, error) {
	if j.Alg != "" {
		if _, ok := algorithmOf(Canonical(j.Alg)); !ok { //check:jwk-alg
			return nil, skip("expected one of %v as alg, got %.20q", Algorithms(), j.Alg)
		}
	}
	return o.key(key, j.Alg, j.ID)
}

func (j *jwk) publicKey() (any, error) {
	switch j.Type {
	case typeRSA:
		return j.rsaKey()
	case typeEC:
		return j.ecKey()
	case typeOKP:
		return j.okpKey()
	default:
		return nil, skip("expected a key of type RSA, EC or OKP, got %.20q", j.Type)
	}
}

func (j *jwk) rsaKey() (*rsa.PublicKey, error) {
	n, err := number(j.N)
	if err != nil {
		return nil, errors.New("n: " + err.Error())
	}
	e, err := number(j.E)
	if err != nil {
		return nil, errors.New("e: " + err.Error())
	}
	if !e.IsInt64() || e.Int64() > 1<<31-1 { //check:jwk-exponent
		return nil, errors.New("e: expected an exponent below 2^31")
	}
	return &rsa.PublicKey{N: n, E: int(e.Int64())}, nil
}

// number reads a Base64urlUInt, which has no zero bytes in front (RFC 7518
// section 2).
func number(s string) (*big.Int, error) {
	b, err := decode(s)
	if err != nil {
		return nil, err
	}
	if len(b) == 0 || b[0] == 0 { //check:jwk-number
		return nil, errors.New("expected a number in as few bytes as it needs (RFC 7518 section 2)")
	}
	return new(big.Int).SetBytes(b), nil
}

func (j *jwk) ecKey() (*ecdsa.PublicKey, error) {
	c, ok := curves[j.Curve]
	if !ok {
		return nil, skip("expected a key on P-256, P-384 or P-521, got %.20q", j.Curve)
	}
	x, err := decode(j.X)
	if err != nil {
		return nil, errors.New("x: " + err.Error())
	}
	y, err := decode(j.Y)
	if err != nil {
		return nil, errors.New("y: " + err.Error())
	}
	if len(x) != c.size || len(y) != c.size { //check:jwk-coordinate
		return nil, errors.New("expected coordinates of the full size of the curve (RFC 7518 section 6.2.1.2)")
	}
	k, err := ecdsa.ParseUncompressedPublicKey(c.curve, slices.Concat([]byte{4}, x, y))
	if err != nil { //check:jwk-point
		return nil, errors.New("expected a point on the curve")
	}
	return k, nil
}

func (j *jwk) okpKey() (ed25519.PublicKey, error) {
	if j.Curve != "Ed25519" { //check:jwk-okp
		return nil, skip("expected a key on Ed25519, got %.20q", j.Curve)
	}
	x, err := decode(j.X)
	if err != nil {
		return nil, errors.New("x: " + err.Error())
	}
	if len(x) != ed25519.PublicKeySize { //check:jwk-ed25519
		return nil, errors.New("x: expected 32 bytes")
	}
	return ed25519.PublicKey(x), nil
}
