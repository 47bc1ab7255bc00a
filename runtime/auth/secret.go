package auth

import (
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// A short secret is accepted nowhere, so leaving one behind has to begin where its
// tokens are issued. These texts tell how.
const (
	newSecret = `make one with "openssl rand -base64 48"`

	otherSources = "PrivateKeyFile, PublicKeyFile, JWKSURL or Discovery"

	rotateSigning = newSecret + `. A short secret is never accepted, in PrevSecrets no more than here. ` +
		`To keep callers signed in, change it in two steps: ` +
		`(1) where tokens are issued with the short secret, sign with the new one, go on verifying with the short one ` +
		`(go-zero: WithJwtTransition), and wait until the last token of the short one has expired; ` +
		`(2) start this service with the new secret as AccessSecret. ` +
		`Without step 1 every caller signs in again`

	rotatePrevious = `take it out; a short secret verifies nothing here. ` +
		`To keep callers signed in, let its tokens expire first where they are issued ` +
		`(go-zero: WithJwtTransition with the new secret), and start this service with the new secret as AccessSecret then`
)

func (s source) validateSecrets() error {
	var errs []error
	for i, secret := range s.secrets() {
		name := fieldSecret
		if i > 0 {
			name = fmt.Sprintf("%s[%d]", fieldPrevious, i-1)
		}
		if err := checkSecret(s.secretAlgorithm(), s.at, name, secret); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// checkSecret reports what is wrong with one secret. Its text never shows it.
func checkSecret(alg, at, name, secret string) error {
	size := macs[alg].size
	if size == 0 {
		size = macs["HS256"].size // the algorithm has its own error
	}
	none, advice := newSecret+"; or name keys in "+otherSources, rotateSigning
	if name != fieldSecret {
		none, advice = newSecret, rotatePrevious
	}
	if secret == "" { //check:secret-empty
		return fmt.Errorf("%s%s: expected a secret of at least %d bytes, got none: %s", at, name, size, none)
	}
	if n := effectiveSize(secret); n < size { //check:secret-size
		return fmt.Errorf("%s%s: expected at least %d bytes, as the hash of the algorithm has, got %d: %s", at, name, size, n, advice)
	}
	if kind := keyText(secret); kind != "" { //check:secret-key-text
		return fmt.Errorf("%s%s: expected a secret, got what looks like %s: who knows a public key could sign tokens with it; %s",
			at, name, kind, newSecret)
	}
	return nil
}

// effectiveSize does not count zero bytes at the end: HMAC fills keys up with
// them (RFC 2104 section 2), so they add nothing.
func effectiveSize(secret string) int { return len(strings.TrimRight(secret, "\x00")) }

// keyText names the kind of key that secret looks like, or is empty. Space in
// front does not hide a key from whoever reads it as one.
func keyText(secret string) string {
	text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(secret), "\ufeff"))
	switch {
	case strings.Contains(text, "-----BEGIN ") || strings.Contains(text, "---- BEGIN "):
		return "a PEM key or certificate"
	case hasAnyPrefix(text, "ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"):
		return "an SSH key"
	case strings.HasPrefix(text, "{") && strings.Contains(text, `"kty"`):
		return "a JWK"
	case isDER([]byte(secret)) || isBase64DER(text):
		return "a DER key or certificate"
	default:
		return ""
	}
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// isBase64DER looks at both alphabets of base64, with padding or without.
func isBase64DER(text string) bool {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.Join(strings.Fields(text), ""))
	der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	return err == nil && isDER(der)
}

// isDER reports whether b is a public key or a certificate, which others know.
func isDER(b []byte) bool {
	if _, err := x509.ParsePKIXPublicKey(b); err == nil {
		return true
	}
	if _, err := x509.ParsePKCS1PublicKey(b); err == nil {
		return true
	}
	_, err := x509.ParseCertificate(b)
	return err == nil
}
