package jwks

import (
	"crypto/ed25519"
	"errors"
	"math/big"
	"slices"
)

// describeEd25519 checks that the key is a point of the curve whose multiples are
// as many as they should be. Of one with few multiples everybody can guess
// signatures, and for the zero of the curve one signature fits all tokens.
func describeEd25519(k ed25519.PublicKey) (m members, err error) {
	if len(k) != ed25519.PublicKeySize { //check:ed25519-size
		return m, errors.New("expected an Ed25519 key of 32 bytes")
	}
	y := ordinate(k)
	if y.Cmp(fieldPrime) >= 0 || !onEdwards(y) { //check:ed25519-point
		return m, errors.New("expected an Ed25519 key that is a point of the curve (RFC 8032 section 5.1.3)")
	}
	if lowOrder(y) { //check:ed25519-order
		return m, errors.New("expected an Ed25519 key that belongs to a private one, got a point of low order, with which anybody can sign")
	}
	return members{Type: typeOKP, Curve: "Ed25519", X: encode(k)}, nil
}

// fieldPrime is 2^255-19, of the field that the coordinates are in (RFC 8032
// section 5.1).
var fieldPrime = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))

// ordinate returns y, which a key is but for its topmost bit, the sign of x (RFC
// 8032 section 5.1.2).
func ordinate(k ed25519.PublicKey) *big.Int {
	b := slices.Clone(k)
	slices.Reverse(b)
	b[0] &= 0x7f
	return new(big.Int).SetBytes(b)
}

// The curve is -x²+y² = 1+d·x²·y² with d = -121665/121666. Below it is multiplied
// by the denominator.
var (
	dAbove = big.NewInt(121665)
	dBelow = big.NewInt(121666)
)

// onEdwards reports whether the curve has a point with this y: whether x² =
// 121666·(y²-1) / (121666-121665·y²) is a square. A quotient is one where the
// product is.
func onEdwards(y *big.Int) bool {
	square := new(big.Int).Mul(y, y)
	above := new(big.Int).Sub(square, big.NewInt(1))
	above.Mul(above, dBelow)
	below := new(big.Int).Mul(square, dAbove)
	below.Sub(dBelow, below)
	product := above.Mul(above, below)
	return big.Jacobi(product.Mod(product, fieldPrime), fieldPrime) >= 0
}

// lowOrder reports whether 8 times a point with this y is the zero of the curve.
// That has y = 1, and the point of order 2 has -1; those of order 4 have 0; and
// doubling one of order 8 leads to those, which is where x² = -y².
func lowOrder(y *big.Int) bool {
	square := new(big.Int).Mul(y, y)
	unit := new(big.Int).Sub(square, big.NewInt(1))
	// 121665·y⁴ - 2·121666·y² + 121666, the curve with -y² in the place of x²
	eighth := new(big.Int).Mul(dAbove, square)
	eighth.Sub(eighth, new(big.Int).Lsh(dBelow, 1))
	eighth.Mul(eighth, square).Add(eighth, dBelow)
	product := new(big.Int).Mul(y, unit)
	product.Mul(product, eighth)
	return product.Mod(product, fieldPrime).Sign() == 0
}
