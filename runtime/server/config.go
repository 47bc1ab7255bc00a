package server

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// Config is where and within what limits a service listens, as its
// configuration file holds it. The zero value is usable.
type Config struct {
	// Name is the name of the service in logs. May be empty.
	Name string `json:"Name" yaml:"Name"`
	// Host is the address to listen on, 0.0.0.0 for every IPv4 interface; empty
	// stands for every interface.
	Host string `json:"Host" yaml:"Host"`
	// Port is the TCP port, 8888 when zero.
	Port int `json:"Port" yaml:"Port"`
	// CertFile and KeyFile are PEM files with the certificate chain and its key.
	// With both the service speaks TLS, with neither plain HTTP.
	CertFile string `json:"CertFile" yaml:"CertFile"`
	KeyFile  string `json:"KeyFile" yaml:"KeyFile"`
	// Timeout is how long one request may take, 30s when zero: nine tenths of it
	// from the first byte to the last of the body, and all of it from the end of
	// the header to the last byte of the answer, after which the connection is
	// closed without one. The timeout= of a route is shorter than that.
	// A header has 5s, or Timeout where that is less.
	Timeout Duration `json:"Timeout" yaml:"Timeout"`
	// MaxBytes is the largest body that any route takes, also where the route
	// itself allows more; without it only the routes' own limits count. Larger
	// ones are answered with 413.
	MaxBytes Size `json:"MaxBytes" yaml:"MaxBytes"`
}

const (
	defaultPort    = 8888
	defaultTimeout = 30 * time.Second
)

// Validate reports everything that is wrong with c at once. It does not look
// for the files.
func (c Config) Validate() error {
	var errs []error
	if c.Port < 0 || c.Port > 65535 {
		errs = append(errs, expected("Port", "1 to 65535, or nothing for 8888"))
	}
	if strings.ContainsAny(c.Host, "/[] ") || strings.Contains(c.Host, ":") && net.ParseIP(hostOnly(c.Host)) == nil {
		errs = append(errs, expected("Host", "a name or an IP address such as 127.0.0.1, without scheme and port"))
	}
	switch {
	case c.CertFile != "" && c.KeyFile == "":
		errs = append(errs, errors.New("KeyFile: expected the key of CertFile, got nothing: set both or neither"))
	case c.CertFile == "" && c.KeyFile != "":
		errs = append(errs, errors.New("CertFile: expected the certificate of KeyFile, got nothing: set both or neither"))
	}
	if c.Timeout < 0 {
		errs = append(errs, expected("Timeout", "a time such as 30s, or nothing for 30s"))
	}
	if c.MaxBytes < 0 {
		errs = append(errs, errors.New("MaxBytes: expected a size such as 1MiB, or nothing for no limit of its own"))
	}
	return errors.Join(errs...)
}

// expected is the error of a key that holds something else.
func expected(key, what string) error { return errors.New(key + ": expected " + what) }

// Addr is the address to listen on, as net.Listen takes it.
func (c Config) Addr() string {
	port := c.Port
	if port == 0 {
		port = defaultPort
	}
	return net.JoinHostPort(c.Host, strconv.Itoa(port))
}

// hostOnly cuts the zone off an IPv6 address.
func hostOnly(host string) string {
	host, _, _ = strings.Cut(host, "%")
	return host
}

// timeout is Timeout with its default.
func (c Config) timeout() time.Duration {
	if c.Timeout == 0 {
		return defaultTimeout
	}
	return time.Duration(c.Timeout)
}

// Duration is a time that is written with its unit: 500ms, 3s, 1m30s. A number
// alone is refused, because it would be seconds to some and, in files that go-zero
// reads, milliseconds.
type Duration time.Duration

// String returns d as it is written in a configuration.
func (d Duration) String() string { return time.Duration(d).String() }

// UnmarshalText reads a time with its unit, or 0.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
			return fmt.Errorf("expected a time with its unit: write %ds for seconds or %dms for milliseconds, as go-zero counts", n, n)
		}
		return errors.New("expected a time with its unit, such as 500ms, 3s or 1m30s")
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes d as it is read.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
