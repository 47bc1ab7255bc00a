package jose

import (
	"slices"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	"github.com/golang-jwt/jwt/v5"
	"github.com/lestrrat-go/jwx/v3/jwa"
	jwxjwt "github.com/lestrrat-go/jwx/v3/jwt"

	"github.com/apigen-go/apigen/runtime/auth"
)

// good are the claims that everybody signs below.
var good = seen{
	iss: issuer, sub: "alice", jti: "1", name: "Alice", aud: []string{audience, "bills"},
	exp: now + 600, nbf: now, iat: now,
}

// structClaims are the claims as golang-jwt takes them.
type structClaims struct {
	jwt.RegisteredClaims
	Name string `json:"name"`
}

// What is issued here is accepted by the peers and by golang-jwt, with the claims
// that were issued.
func TestOursThere(t *testing.T) {
	for _, v := range verifiers() {
		if v.set {
			continue // it has nothing to sign with
		}
		i, err := auth.NewIssuer[session](config(v.alg, v.bound), auth.WithClock(clock))
		if err != nil {
			t.Fatal(err)
		}
		token, expires, err := i.Access(t.Context(), &session{Claims: auth.Claims{Subject: "alice"}, Name: "Alice"})
		if err != nil {
			t.Fatal(err)
		}
		ours, err := v.verify(token)
		if err != nil {
			t.Fatalf("%s: refused here: %v", v.alg.name, err)
		}
		if ours.sub != "alice" || ours.name != "Alice" || ours.exp != expires.Unix() || ours.jti == "" || v.bound != (ours.iss == issuer) {
			t.Errorf("%s: issued as %+v", v.alg.name, ours)
		}
		for _, p := range append(peers, peer{"golang-jwt", verifyGolangJWT}) {
			if theirs, err := p.verify(v, token); err != nil || !theirs.equal(ours) {
				t.Errorf("%s: %s reads %+v %v, want %+v", v.alg.name, p.name, theirs, err, ours)
			}
		}
	}
}

func verifyGolangJWT(v verifier, token string) (*seen, error) {
	opts := []jwt.ParserOption{
		jwt.WithValidMethods([]string{v.alg.name}), jwt.WithTimeFunc(clock), jwt.WithLeeway(leeway),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithStrictDecoding(),
	}
	if v.bound {
		opts = append(opts, jwt.WithIssuer(issuer), jwt.WithAudience(audience))
	}
	c := new(structClaims)
	_, err := jwt.ParseWithClaims(token, c, func(*jwt.Token) (any, error) { return v.alg.public(), nil }, opts...)
	if err != nil {
		return nil, err
	}
	return &seen{
		iss: c.Issuer, sub: c.Subject, jti: c.ID, name: c.Name, aud: c.Audience,
		exp: c.ExpiresAt.Unix(), nbf: c.NotBefore.Unix(), iat: c.IssuedAt.Unix(),
	}, nil
}

// signers are the others as issuers of good.
var signers = []struct {
	name string
	sign func(alg algorithm) (string, error)
}{{"go-jose", signGoJose}, {"jwx", signJWX}, {"golang-jwt", signGolangJWT}}

// What the others sign is accepted here, with the claims that they signed.
func TestTheirsHere(t *testing.T) {
	for _, v := range verifiers() {
		for _, s := range signers {
			token, err := s.sign(v.alg)
			if err != nil {
				t.Fatalf("%s: %s: %v", v.alg.name, s.name, err)
			}
			ours, err := v.verify(token)
			if err != nil || !ours.equal(&good) {
				t.Errorf("%s of %s is read as %+v %v, want %+v", v.alg.name, s.name, ours, err, good)
			}
			for _, other := range verifiers() {
				if other.set || other.alg.name == v.alg.name {
					continue
				}
				if _, err := other.verify(token); err == nil {
					t.Errorf("%s of %s is accepted where %s is configured", v.alg.name, s.name, other.alg.name)
				}
			}
		}
	}
}

func at(seconds int64) time.Time { return time.Unix(seconds, 0) }

func signGoJose(alg algorithm) (string, error) {
	opts := new(jose.SignerOptions).WithType("JWT")
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(alg.name), Key: alg.private()}, opts)
	if err != nil {
		return "", err
	}
	return josejwt.Signed(signer).Claims(josejwt.Claims{
		Issuer: good.iss, Subject: good.sub, ID: good.jti, Audience: good.aud,
		Expiry: josejwt.NewNumericDate(at(good.exp)), NotBefore: josejwt.NewNumericDate(at(good.nbf)), IssuedAt: josejwt.NewNumericDate(at(good.iat)),
	}).Claims(map[string]any{"name": good.name}).Serialize()
}

func signJWX(alg algorithm) (string, error) {
	name, err := jwa.KeyAlgorithmFrom(alg.name)
	if err != nil {
		return "", err
	}
	token, err := jwxjwt.NewBuilder().Issuer(good.iss).Subject(good.sub).JwtID(good.jti).Audience(good.aud).
		Expiration(at(good.exp)).NotBefore(at(good.nbf)).IssuedAt(at(good.iat)).Claim("name", good.name).Build()
	if err != nil {
		return "", err
	}
	text, err := jwxjwt.Sign(token, jwxjwt.WithKey(name, alg.private()))
	return string(text), err
}

func signGolangJWT(alg algorithm) (string, error) {
	return jwt.NewWithClaims(alg.method, structClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: good.iss, Subject: good.sub, ID: good.jti, Audience: slices.Clone(good.aud),
			ExpiresAt: jwt.NewNumericDate(at(good.exp)), NotBefore: jwt.NewNumericDate(at(good.nbf)), IssuedAt: jwt.NewNumericDate(at(good.iat)),
		},
		Name: good.name,
	}).SignedString(alg.private())
}
