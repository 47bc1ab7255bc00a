package auth

import (
	"context"
	"encoding/base64"
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// signers has the key that signs at the moment.
type signers interface{ signer() signer }

func (k *secretKey) signer() signer { return k }

// signers returns what signs under c, which is valid.
func (c Config) signers() (signers, error) {
	s := c.sources()[0]
	if s.secret != "" {
		return newSecretKey(s.secretAlgorithm(), s.secret), nil
	}
	if s.privateFile == "" { //check:issue-key
		return nil, errors.New("PrivateKeyFile: expected a key to sign with, here or in AccessSecret: " +
			"with PublicKeyFile, JWKSURL or Discovery tokens are issued elsewhere")
	}
	return newFileSet(s)
}

// signedHeader is the header of the tokens that one key signs.
type signedHeader struct {
	alg, id string
	encoded string
}

// headerFor returns the encoded header of tokens that k signs. It is made once a
// key.
func (t *terms) headerFor(k signer) string {
	h := t.header.Load()
	if h == nil || h.alg != k.algorithm() || h.id != k.id() {
		h = &signedHeader{k.algorithm(), k.id(), encodeHeader(k.algorithm(), t.typ, k.id())}
		t.header.Store(h)
	}
	return h.encoded
}

func encodeHeader(alg, typ, id string) string {
	text := `{"alg":"` + alg + `","typ":"` + typ + `"`
	if id != "" {
		quoted, _ := jsontext.AppendQuote(nil, id) // a kid that is not UTF-8 becomes one that is
		text += `,"kid":` + string(quoted)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(text + "}"))
}

// PublicKeys returns the keys that verify the tokens of i: the one that signs now,
// and those in PublicKeyFile. It is an argument for jwks.Handler, which publishes
// them. It fails when i signs with a secret, which nobody else may know.
func (i *Issuer[T]) PublicKeys(context.Context) (*jwks.Set, error) {
	f, ok := i.terms.keys.(*fileSet)
	if !ok { //check:publish-secret
		return nil, errors.New("auth: expected PrivateKeyFile: tokens signed with a secret have no key to publish")
	}
	f.look(f.loaded.Load().set)
	return f.loaded.Load().set, nil
}
