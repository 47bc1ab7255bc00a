package auth

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/runtime"
)

// retryAfter is what callers are told while a store is down, in seconds.
const retryAfter = "5"

// challenge is the WWW-Authenticate value of a scheme (RFC 6750 section 3).
type challenge string

func newChallenge(places []place, realm string) challenge {
	word := "Bearer"
	for _, p := range places {
		if p.in == inAuthorization {
			word = p.name
			break
		}
	}
	return challenge(word + " realm=" + quote(realm))
}

// with adds the error attributes. Descriptions come from descriptions alone.
func (c challenge) with(code, description string, scopes []string) string {
	s := string(c) + `, error="` + code + `"`
	if description != "" {
		s += ", error_description=" + quote(description)
	}
	if len(scopes) > 0 {
		s += ", scope=" + quote(strings.Join(scopes, " "))
	}
	return s
}

// quote writes s as a quoted-string of RFC 9110 section 5.6.4.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// descriptions are what callers are told, by code. They stay within the bytes
// that RFC 6750 section 3 allows, and say nothing of the token.
var descriptions = map[Code]string{
	CodeRequest:     "the request must carry exactly one token",
	CodeCrossOrigin: "the request comes from a page of another site",
	CodeMalformed:   "the token is malformed",
	CodeAlgorithm:   "the token does not have the algorithm expected",
	CodeSignature:   "the signature of the token is not valid",
	CodeClaims:      "the claims of the token are not valid",
	CodeExpired:     "the token has expired",
	CodeNotYetValid: "the token is not valid yet",
	CodeIssuer:      "the token is of another issuer",
	CodeAudience:    "the token is not meant for this service",
	CodeType:        "the token is not an access token for this scheme",
	CodeRevoked:     "the token has been revoked",
	CodeScope:       "the token does not allow this",
	CodeMissing:     "a token is needed",
	CodeUnavailable: "tokens cannot be checked at the moment",
}

// problem returns the answer to a request that was refused.
func (c challenge) problem(fail *Error, scopes []string) *runtime.Problem {
	p := &runtime.Problem{Detail: cmp.Or(fail.told, descriptions[fail.Code]), Header: make(http.Header), Cause: fail}
	const name = "Www-Authenticate"
	switch fail.Code {
	case CodeMissing:
		p.Status = http.StatusUnauthorized
		p.Header.Set(name, string(c))
	case CodeRequest:
		p.Status = http.StatusBadRequest
		p.Header.Set(name, c.with("invalid_request", p.Detail, nil))
	case CodeCrossOrigin:
		p.Status = http.StatusForbidden // no other token would help
	case CodeScope:
		p.Status = http.StatusForbidden
		p.Header.Set(name, c.with("insufficient_scope", p.Detail, scopes))
	case CodeUnavailable:
		p.Status = http.StatusServiceUnavailable
		p.Header.Set("Retry-After", retryAfter)
	default:
		p.Status = http.StatusUnauthorized
		p.Header.Set(name, c.with("invalid_token", p.Detail, nil))
	}
	return p
}
