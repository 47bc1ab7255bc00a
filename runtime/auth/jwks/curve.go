package jwks

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"errors"
	"fmt"
)

// curves are those of RFC 7518 section 6.2.1.1, and their bytes in a coordinate.
var curves = map[string]struct {
	curve elliptic.Curve
	size  int
}{
	"P-256": {elliptic.P256(), 32},
	"P-384": {elliptic.P384(), 48},
	"P-521": {elliptic.P521(), 66},
}

// describeEC checks that the point is on a curve that tokens are signed with.
func describeEC(k *ecdsa.PublicKey) (m members, err error) {
	if k.Curve == nil {
		return m, errors.New("expected an ECDSA key with a curve")
	}
	name := k.Params().Name
	c, ok := curves[name]
	if !ok { //check:curve
		return m, fmt.Errorf("expected an ECDSA key on P-256, P-384 or P-521, got one on %s", name)
	}
	point, err := k.Bytes()
	if err != nil { //check:point
		return m, errors.New("expected an ECDSA key whose point is on its curve")
	}
	x, y := point[1:1+c.size], point[1+c.size:]
	return members{Type: typeEC, Curve: name, X: encode(x), Y: encode(y)}, nil
}
