package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pair writes a self-signed certificate for 127.0.0.1 that ends at notAfter,
// and its key, and returns their files.
func pair(t *testing.T, notAfter time.Time) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    notAfter.Add(-24 * time.Hour),
		NotAfter:     notAfter,
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	write(t, certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	write(t, keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}))
	return certFile, keyFile
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// trusting speaks HTTP/2 where the server does, and trusts the certificate.
func trusting(t *testing.T, certFile string) *http.Client {
	t.Helper()
	text, err := os.ReadFile(certFile)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	c := client(t)
	tr := c.Transport.(*http.Transport)
	tr.TLSClientConfig, tr.ForceAttemptHTTP2 = &tls.Config{RootCAs: roots}, true
	return c
}

func TestTLS(t *testing.T) {
	certFile, keyFile := pair(t, time.Now().Add(time.Hour))
	loaded, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		c    Config
		opts []Option
	}{
		"files":             {Config{CertFile: certFile, KeyFile: keyFile}, nil},
		"option":            {Config{}, []Option{WithTLS(&tls.Config{Certificates: []tls.Certificate{loaded}})}},
		"files with option": {Config{CertFile: certFile, KeyFile: keyFile}, []Option{WithTLS(&tls.Config{MinVersion: tls.VersionTLS13})}},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, tt.c, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) }), tt.opts...)
			if !strings.HasPrefix(s.url, "https://") {
				t.Errorf("url %s", s.url)
			}
			if _, _, proto := get(t, trusting(t, certFile), s.url); proto != "HTTP/2.0" {
				t.Errorf("answered over %s", proto)
			}
			if err := s.end(); err != nil {
				t.Error(err)
			}
			if strings.Contains(s.log.String(), "WARN") {
				t.Error(s.log)
			}
		})
	}
}

// A stream of HTTP/2 that has begun is answered, and the client is told to ask
// elsewhere (RFC 9113 section 6.8).
func TestStopOverHTTP2(t *testing.T) {
	certFile, keyFile := pair(t, time.Now().Add(time.Hour))
	begun, release := make(chan struct{}), make(chan struct{})
	s := start(t, Config{CertFile: certFile, KeyFile: keyFile}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(begun)
			<-release
		}
		io.WriteString(w, r.RemoteAddr)
	}), WithDrain(3*time.Second, long))
	c := trusting(t, certFile)
	_, _, first := get(t, c, s.url)
	slow := make(chan string, 1)
	go func() {
		_, _, from := get(t, c, s.url+"/slow")
		slow <- from
	}()
	<-begun
	s.stop()
	s.log.wait(t, "msg=stopping")
	if _, header, _ := get(t, c, s.url); header.Get("Connection") != "" {
		t.Errorf("HTTP/2 has no header Connection: %v", header)
	}
	// The client has seen GOAWAY once it asks on another connection.
	until(t, "the client has another connection", func() bool {
		_, _, from := get(t, c, s.url)
		return from != first
	})
	close(release)
	if from := <-slow; from != first {
		t.Errorf("the request that had begun was answered to %s, asked from %s", from, first)
	}
	if err := s.wait(); err != nil {
		t.Error(err)
	}
}

func TestCertificateFiles(t *testing.T) {
	certFile, keyFile := pair(t, time.Now().Add(time.Hour))
	_, otherKey := pair(t, time.Now().Add(time.Hour))
	empty := filepath.Join(t.TempDir(), "empty.pem")
	write(t, empty, nil)
	for name, tt := range map[string]struct {
		cert, key string
		want      []string
	}{
		"both missing":  {"no-cert.pem", "no-key.pem", []string{"CertFile: expected a PEM file", "no-cert.pem", "KeyFile: expected a PEM file", "no-key.pem"}},
		"another's key": {certFile, otherKey, []string{"CertFile and KeyFile", "private key does not match"}},
		"swapped":       {keyFile, certFile, []string{"CertFile and KeyFile", certFile}},
		"empty":         {empty, keyFile, []string{empty, "failed to find any PEM data"}},
		"a folder":      {filepath.Dir(certFile), keyFile, []string{"CertFile: expected a PEM file"}},
		"key left out":  {certFile, "", []string{"KeyFile: expected the key"}},
		"with the rest": {"no-cert.pem", keyFile, []string{"no-cert.pem", "Port: expected"}},
		"cert left out": {"", keyFile, []string{"CertFile: expected the certificate"}},
	} {
		t.Run(name, func(t *testing.T) {
			err := Run(t.Context(), Config{Port: -1, CertFile: tt.cert, KeyFile: tt.key}, text(""))
			wants(t, err, tt.want...)
			if strings.Contains(err.Error(), "PRIVATE") {
				t.Errorf("the key is told: %v", err)
			}
		})
	}
}

// Clients will say so; the log says why.
func TestCertificateDates(t *testing.T) {
	for want, notAfter := range map[string]time.Time{
		"the certificate has expired":      time.Now().Add(-time.Hour),
		"the certificate is not valid yet": time.Now().Add(48 * time.Hour),
	} {
		certFile, keyFile := pair(t, notAfter)
		log := &logged{}
		_, err := prepare(t.Context(), Config{CertFile: certFile, KeyFile: keyFile}, text(""),
			[]Option{WithLogger(slog.New(slog.NewTextHandler(log, nil)))})
		if err != nil || !strings.Contains(log.String(), "level=WARN msg=\""+want) {
			t.Errorf("%v, log %q, want %q", err, log, want)
		}
	}
}
