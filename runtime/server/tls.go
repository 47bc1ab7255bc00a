package server

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"
)

// tlsConfig returns what TLS is spoken by, nil for none.
func (s *service) tlsConfig() (*tls.Config, error) {
	certFile, keyFile := s.config.CertFile, s.config.KeyFile
	fromFiles := certFile != "" && keyFile != "" // one alone is refused by Validate
	if s.tls == nil && !fromFiles {
		return nil, nil
	}
	c := &tls.Config{}
	if s.tls != nil {
		c = s.tls.Clone()
	}
	if fromFiles {
		pair, err := readPair(certFile, keyFile)
		if err != nil {
			return nil, err
		}
		s.warnOfDates(certFile, pair, time.Now())
		c.Certificates = append([]tls.Certificate{pair}, c.Certificates...)
	}
	if len(c.Certificates) == 0 && c.GetCertificate == nil && c.GetConfigForClient == nil {
		return nil, errors.New("WithTLS: expected a certificate: set Certificates or GetCertificate, or CertFile and KeyFile in the configuration")
	}
	return c, nil
}

// readPair reads a certificate and its key. No error holds what stands in the
// files.
func readPair(certFile, keyFile string) (tls.Certificate, error) {
	cert, certErr := os.ReadFile(certFile)
	if certErr != nil {
		certErr = fmt.Errorf("CertFile: expected a PEM file with the certificate chain: %w", certErr)
	}
	key, keyErr := os.ReadFile(keyFile)
	if keyErr != nil {
		keyErr = fmt.Errorf("KeyFile: expected a PEM file with the key of CertFile: %w", keyErr)
	}
	if err := errors.Join(certErr, keyErr); err != nil {
		return tls.Certificate{}, err
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("CertFile and KeyFile: expected a certificate chain in %s and its key, without a password, in %s: %w", certFile, keyFile, err)
	}
	return pair, nil
}

// warnOfDates logs when clients will not trust the certificate now: clocks and
// clients differ, so that is no reason not to serve.
func (s *service) warnOfDates(file string, pair tls.Certificate, now time.Time) {
	switch leaf := pair.Leaf; {
	case leaf == nil: // GODEBUG x509keypairleaf=0
	case now.After(leaf.NotAfter):
		s.log.Warn("the certificate has expired: renew it", slog.String("file", file), slog.Time("notAfter", leaf.NotAfter))
	case now.Before(leaf.NotBefore):
		s.log.Warn("the certificate is not valid yet", slog.String("file", file), slog.Time("notBefore", leaf.NotBefore))
	}
}
