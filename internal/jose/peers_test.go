package jose

import (
	"encoding/json"
	"errors"

	"github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	jwxjwt "github.com/lestrrat-go/jwx/v3/jwt"
)

// peer is another verifier, with the same key, clock, leeway and expectations.
type peer struct {
	name   string
	verify func(v verifier, token string) (*seen, error)
}

var peers = []peer{{"go-jose", verifyGoJose}, {"jwx", verifyJWX}}

// hasID reports whether a token names its key. The peers want that of tokens for
// a set of keys; for those without they are told which key it is.
func hasID(token string) bool {
	id, _ := partsOf(token).header["kid"].(string)
	return id != ""
}

var errNoExp = errors.New("exp is absent")

func verifyGoJose(v verifier, token string) (*seen, error) {
	algs, key := []jose.SignatureAlgorithm{jose.SignatureAlgorithm(v.alg.name)}, v.alg.public()
	if v.set && hasID(token) {
		set := new(jose.JSONWebKeySet)
		if err := json.Unmarshal(keySet, set); err != nil {
			return nil, err
		}
		algs, key = []jose.SignatureAlgorithm{jose.RS256, jose.ES256, jose.ES384, jose.ES512, jose.EdDSA}, set
	}
	parsed, err := josejwt.ParseSigned(token, algs)
	if err != nil {
		return nil, err
	}
	var c struct {
		josejwt.Claims
		Name string `json:"name"`
	}
	if err := parsed.Claims(key, &c); err != nil {
		return nil, err
	}
	want := josejwt.Expected{Time: clock()}
	if v.bound {
		want.Issuer, want.AnyAudience = issuer, josejwt.Audience{audience}
	}
	if err := c.ValidateWithLeeway(want, leeway); err != nil {
		return nil, err
	}
	if c.Expiry == nil {
		return nil, errNoExp
	}
	s := &seen{iss: c.Issuer, sub: c.Subject, jti: c.ID, name: c.Name, aud: c.Audience, exp: int64(*c.Expiry)}
	if c.NotBefore != nil {
		s.nbf = int64(*c.NotBefore)
	}
	if c.IssuedAt != nil {
		s.iat = int64(*c.IssuedAt)
	}
	return s, nil
}

func verifyJWX(v verifier, token string) (*seen, error) {
	algName := v.alg.name
	if algName == "EdDSA" && partsOf(token).header["alg"] == "Ed25519" {
		algName = "Ed25519" // the same by its exact name (RFC 9864), as here
	}
	alg, err := jwa.KeyAlgorithmFrom(algName)
	if err != nil {
		return nil, err
	}
	key := jwxjwt.ParseOption(jwxjwt.WithKey(alg, v.alg.public()))
	if v.set && hasID(token) {
		set, err := jwk.Parse(keySet)
		if err != nil {
			return nil, err
		}
		key = jwxjwt.WithKeySet(set)
	}
	opts := []jwxjwt.ParseOption{
		key,
		jwxjwt.WithClock(jwxjwt.ClockFunc(clock)),
		jwxjwt.WithAcceptableSkew(leeway),
		jwxjwt.WithRequiredClaim("exp"),
	}
	if v.bound {
		opts = append(opts, jwxjwt.WithIssuer(issuer), jwxjwt.WithAudience(audience))
	}
	parsed, err := jwxjwt.Parse([]byte(token), opts...)
	if err != nil {
		return nil, err
	}
	s := new(seen)
	s.iss, _ = parsed.Issuer()
	s.sub, _ = parsed.Subject()
	s.jti, _ = parsed.JwtID()
	s.aud, _ = parsed.Audience()
	if t, ok := parsed.Expiration(); ok {
		s.exp = t.Unix()
	}
	if t, ok := parsed.NotBefore(); ok {
		s.nbf = t.Unix()
	}
	if t, ok := parsed.IssuedAt(); ok {
		s.iat = t.Unix()
	}
	_ = parsed.Get("name", &s.name) // it fails when the claim is absent or null
	return s, nil
}
