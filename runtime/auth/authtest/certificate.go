package authtest

import (
	"bytes"
	"compress/flate"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"time"
)

// certificate returns a certificate that s signed itself, as x5c has it, and its
// thumbprint; both are empty when s has a secret.
func certificate(s *Signer) (cert, thumbprint string) {
	key, ok := s.key.(crypto.Signer)
	if !ok {
		return "", ""
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "attacker.example"},
		NotBefore:    s.now().Add(-time.Hour),
		NotAfter:     s.now().Add(time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
	der := must(x509.CreateCertificate(rand.Reader, template, template, key.Public(), key))
	return base64.StdEncoding.EncodeToString(der), encode(sum256(der))
}

// deflated returns text as zip=DEF has it (RFC 7516 section 4.1.3).
func deflated(text string) string {
	var b bytes.Buffer
	w := must(flate.NewWriter(&b, flate.BestCompression))
	must(w.Write([]byte(text)))
	if err := w.Close(); err != nil {
		panic("authtest: " + err.Error())
	}
	return b.String()
}
