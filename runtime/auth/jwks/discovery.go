package jwks

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

const wellKnown = "/.well-known/openid-configuration"

// discoveryURL returns where an issuer describes itself (OpenID Connect Discovery
// 1.0 section 4).
func discoveryURL(issuer string) (*url.URL, error) {
	if _, err := parseURL(issuer); err != nil {
		return nil, err
	}
	if strings.Contains(issuer, "?") { //check:issuer-query
		return nil, errors.New("expected an issuer without a query (OpenID Connect Discovery 1.0 section 2)")
	}
	return parseURL(strings.TrimSuffix(issuer, "/") + wellKnown)
}

// discovery finds the key set of an issuer. Only one goroutine at a time uses it.
type discovery struct {
	issuer string
	at     *url.URL
	keys   *url.URL  // nil when the document has to be asked
	until  time.Time // when the document has to be asked again
}

func newDiscovery(issuer string) (*discovery, error) {
	at, err := discoveryURL(issuer)
	if err != nil {
		return nil, err
	}
	return &discovery{issuer: issuer, at: at}, nil
}

// locate returns the URL of the key set.
func (d *discovery) locate(ctx context.Context, f *fetcher, now time.Time) (*url.URL, error) {
	if d.keys != nil && now.Before(d.until) {
		return d.keys, nil
	}
	d.forget()
	doc, err := f.get(ctx, d.at)
	if err != nil {
		return nil, err
	}
	keys, err := d.read(doc.body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", show(d.at), err)
	}
	d.keys, d.until = keys, now.Add(lifetimeOf(doc.header, now))
	return keys, nil
}

// forget has the document asked again: the keys may have moved.
func (d *discovery) forget() { d.keys = nil }

// read returns jwks_uri of the document (OpenID Connect Discovery 1.0 sections 3 and
// 4.3).
func (d *discovery) read(text []byte) (*url.URL, error) {
	var doc struct {
		Issuer string `json:"issuer"`
		Keys   string `json:"jwks_uri"`
	}
	if err := json.Unmarshal(text, &doc); err != nil { //check:discovery-json
		return nil, errors.New("expected a JSON object with the strings issuer and jwks_uri, and no member twice")
	}
	if doc.Issuer != d.issuer { //check:discovery-issuer
		what := "another"
		if strings.TrimSuffix(doc.Issuer, "/") == strings.TrimSuffix(d.issuer, "/") {
			what = "one that differs by the slash at its end"
		}
		return nil, fmt.Errorf("expected exactly the issuer %s, got %s: write the one that the document names", d.issuer, what)
	}
	keys, err := parseURL(doc.Keys)
	if err != nil { //check:discovery-uri
		return nil, fmt.Errorf("jwks_uri: %w", err)
	}
	if d.at.Scheme == schemeHTTPS && keys.Scheme != schemeHTTPS { //check:discovery-downgrade
		return nil, errors.New("jwks_uri: expected https://, as the issuer has it")
	}
	return keys, nil
}
