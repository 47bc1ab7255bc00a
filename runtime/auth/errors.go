package auth

import "github.com/golang-jwt/jwt/v5"

// Code says why a request was refused. Each refusal has exactly one.
type Code uint8

// The codes, in the order in which their checks run.
const (
	// CodeMissing: the request carries no credential of this scheme.
	CodeMissing Code = iota + 1
	// CodeRequest: the request carries more than one credential, or its query, where
	// one may stand, cannot be read.
	CodeRequest
	// CodeCrossOrigin: a page of another site made a browser send the credential.
	CodeCrossOrigin
	// CodeMalformed: the text is not a signed token in the compact form.
	CodeMalformed
	// CodeAlgorithm: the token names another algorithm than the key's.
	CodeAlgorithm
	// CodeSignature: no key of this scheme made the signature.
	CodeSignature
	// CodeClaims: the claims are not what this service needs.
	CodeClaims
	// CodeExpired: the token was valid once.
	CodeExpired
	// CodeNotYetValid: the token will be valid, or claims to come from the future.
	CodeNotYetValid
	// CodeIssuer: the token is of another issuer.
	CodeIssuer
	// CodeAudience: the token is meant for another service.
	CodeAudience
	// CodeType: the token serves another purpose than access, or is bound to a
	// key whose possession this scheme cannot check.
	CodeType
	// CodeRevoked: the Revoker knows the token as revoked.
	CodeRevoked
	// CodeScope: the token is good and does not reach far enough.
	CodeScope
	// CodeUnavailable: nobody can tell at the moment whether the token is good.
	CodeUnavailable
)

var codeNames = [...]string{
	CodeMissing: "missing", CodeRequest: "request", CodeCrossOrigin: "cross_origin", CodeMalformed: "malformed",
	CodeAlgorithm: "algorithm", CodeSignature: "signature", CodeClaims: "claims",
	CodeExpired: "expired", CodeNotYetValid: "not_yet_valid", CodeIssuer: "issuer",
	CodeAudience: "audience", CodeType: "type", CodeRevoked: "revoked",
	CodeScope: "scope", CodeUnavailable: "unavailable",
}

// String returns the name of c in snake case, as metrics want it.
func (c Code) String() string {
	if int(c) < len(codeNames) && codeNames[c] != "" {
		return codeNames[c]
	}
	return "unknown"
}

// Error is why a token was refused. Its text holds nothing of the token.
//
// errors.Is finds the sentinel of golang-jwt that fits the Code, so that code
// written for that module goes on working; at most one of ErrTokenMalformed,
// ErrTokenSignatureInvalid, ErrTokenExpired and their kin fits an Error.
type Error struct {
	// Code is the one reason.
	Code Code

	reason string // fixed text
	told   string // fixed text for the caller, in place of the description of Code
	cause  error  // what a hook of the service returned
}

// Error returns fixed text; what a store reported follows it.
func (e *Error) Error() string {
	if e.Code == CodeUnavailable && e.cause != nil {
		return "auth: " + e.reason + ": " + e.cause.Error()
	}
	return "auth: " + e.reason
}

// Unwrap returns what a Validate method or a Revoker returned, or nil.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether target is the sentinel of golang-jwt for e.
func (e *Error) Is(target error) bool {
	switch e.Code {
	case CodeMalformed:
		return target == jwt.ErrTokenMalformed
	case CodeAlgorithm, CodeSignature:
		return target == jwt.ErrTokenSignatureInvalid
	case CodeExpired:
		return target == jwt.ErrTokenExpired || target == jwt.ErrTokenInvalidClaims
	case CodeNotYetValid:
		return target == jwt.ErrTokenNotValidYet || target == jwt.ErrTokenInvalidClaims
	case CodeIssuer:
		return target == jwt.ErrTokenInvalidIssuer || target == jwt.ErrTokenInvalidClaims
	case CodeAudience:
		return target == jwt.ErrTokenInvalidAudience || target == jwt.ErrTokenInvalidClaims
	case CodeClaims, CodeType, CodeRevoked:
		return target == jwt.ErrTokenInvalidClaims
	case CodeUnavailable:
		return target == jwt.ErrTokenUnverifiable
	default:
		return false
	}
}

func refuse(code Code, reason string) *Error { return &Error{Code: code, reason: reason} }
