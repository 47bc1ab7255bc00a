package jwks

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
)

var (
	errPrivate   = errors.New("expected public keys, got a private one: it stays where tokens are issued; openssl pkey -pubout writes its public half")
	errPublic    = errors.New("expected a private key, got a public one")
	errEncrypted = errors.New("expected a private key without a passphrase: openssl pkey writes one")
	errBroken    = errors.New("expected PEM (RFC 7468), got a block that is broken")
	errNothing   = errors.New(`expected PEM that begins with "-----BEGIN ", a JWK or a JWK set`)
	errSSH       = errors.New("expected PEM, got an OpenSSH key: ssh-keygen -e -m pkcs8 -f file writes it as PEM")
)

const blockBegin = "-----BEGIN "

// blocks returns all PEM blocks of text. A decoder passes over broken ones in
// silence, which would lose a key.
func blocks(text []byte) ([]*pem.Block, error) {
	var found []*pem.Block
	for rest := text; ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			break
		}
		found = append(found, b)
	}
	if len(found) != bytes.Count(text, []byte(blockBegin)) { //check:pem-broken
		return nil, errBroken
	}
	return found, nil
}

func publicPEM(text []byte, o Options) (*Set, error) {
	found, err := blocks(text)
	if err != nil {
		return nil, err
	}
	if len(found) > 1 {
		o.ID = ""
	}
	var keys []*Key
	for i, b := range found {
		k, err := publicBlock(b, o)
		if err != nil {
			return nil, fmt.Errorf("PEM block %d: %w", i+1, err)
		}
		keys = append(keys, k)
	}
	return NewSet(keys...)
}

func publicBlock(b *pem.Block, o Options) (*Key, error) {
	public, err := parsePublicBlock(b)
	if err != nil {
		return nil, err
	}
	return o.key(public, "", "")
}

func parsePublicBlock(b *pem.Block) (public any, err error) {
	switch {
	case b.Type == "PUBLIC KEY":
		public, err = x509.ParsePKIXPublicKey(b.Bytes)
	case b.Type == "RSA PUBLIC KEY":
		public, err = x509.ParsePKCS1PublicKey(b.Bytes)
	case b.Type == "CERTIFICATE":
		var c *x509.Certificate
		if c, err = x509.ParseCertificate(b.Bytes); err == nil {
			public = c.PublicKey
		}
	case strings.HasSuffix(b.Type, "PRIVATE KEY"): //check:pem-private
		return nil, errPrivate
	default:
		return nil, errors.New(`expected "PUBLIC KEY", "RSA PUBLIC KEY" or "CERTIFICATE"`)
	}
	if err != nil {
		return nil, errors.New("expected the DER encoding of a public key or certificate in it")
	}
	return public, nil
}

func privatePEM(text []byte, o Options) (*Key, error) {
	found, err := blocks(text)
	if err != nil {
		return nil, err
	}
	// openssl ecparam writes the curve in front of the key that names it as well.
	found = slices.DeleteFunc(found, func(b *pem.Block) bool { return b.Type == "EC PARAMETERS" })
	if len(found) != 1 { //check:pem-one
		return nil, fmt.Errorf("expected one private key, got %d PEM blocks", len(found))
	}
	private, err := parsePrivateBlock(found[0])
	if err != nil {
		return nil, err
	}
	return o.key(private, "", "")
}

func parsePrivateBlock(b *pem.Block) (private any, err error) {
	encrypted := b.Type == "ENCRYPTED PRIVATE KEY" || b.Headers["DEK-Info"] != ""
	switch {
	case encrypted: //check:pem-encrypted
		return nil, errEncrypted
	case b.Type == "PRIVATE KEY":
		private, err = x509.ParsePKCS8PrivateKey(b.Bytes)
	case b.Type == "RSA PRIVATE KEY":
		private, err = x509.ParsePKCS1PrivateKey(b.Bytes)
	case b.Type == "EC PRIVATE KEY":
		private, err = x509.ParseECPrivateKey(b.Bytes)
	case b.Type == "OPENSSH PRIVATE KEY":
		return nil, errSSH
	case strings.Contains(b.Type, "PUBLIC KEY") || b.Type == "CERTIFICATE":
		return nil, errPublic
	default:
		return nil, errors.New(`expected "PRIVATE KEY", "RSA PRIVATE KEY" or "EC PRIVATE KEY"`)
	}
	if err != nil {
		return nil, errors.New("expected the DER encoding of a private key in it")
	}
	return private, nil
}
