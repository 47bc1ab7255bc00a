package auth

// Config is how the tokens of one scheme are signed and checked, as the
// configuration file of a service holds it. It needs one source of keys, and every
// other field may be left out:
//
//   - AccessSecret: a secret, which issues and verifies;
//   - PrivateKeyFile, PublicKeyFile or both: a file that issues and verifies, and
//     one with further keys that verify;
//   - JWKSURL: the keys that another service publishes;
//   - Discovery: the same, found through Issuer.
//
// A Config hides its secrets from fmt, slog, encoding/json and YAML encoders.
// There are two ways around it in fmt, which asks no method there: an unexported
// field that holds a Config, or a pointer to one where the verb does not fit
// pointers, as %s does not; and the verbs %p and %w, which do not fit it and
// which go vet reports.
type Config struct {
	// AccessSecret signs and verifies; its bytes are the key as they are. It needs
	// at least the size of the hash: 32 bytes for HS256 (RFC 7518 section 3.2).
	AccessSecret string `json:"AccessSecret" yaml:"AccessSecret"`
	// PrevSecrets verify and do not sign: the secrets before AccessSecret, for as
	// long as tokens signed with them are valid. They need the same size.
	PrevSecrets []string `json:"PrevSecrets" yaml:"PrevSecrets"`
	// PrivateKeyFile holds the key that signs, and whose public half verifies, as
	// PEM or as a JWK. When the file changes, the key in it takes over.
	PrivateKeyFile string `json:"PrivateKeyFile" yaml:"PrivateKeyFile"`
	// PublicKeyFile holds keys that verify, as PEM (public keys or certificates),
	// a JWK or a JWK set. Each key in it counts, so of a chain of certificates only
	// the one that signs belongs there. When the file changes, the keys in it take
	// over.
	PublicKeyFile string `json:"PublicKeyFile" yaml:"PublicKeyFile"`
	// KeyID is the kid of the key in PrivateKeyFile, or else of the one key in
	// PublicKeyFile. A JWK has its own, and KeyID must be that one; without either it
	// is the thumbprint (RFC 7638). KeyID has to change with the key: others who
	// verify know a key by its kid.
	KeyID string `json:"KeyID" yaml:"KeyID"`
	// JWKSURL is where the issuer publishes its keys (RFC 7517 section 5). It begins
	// with https, or names this machine. Issuer is needed beside it.
	JWKSURL string `json:"JWKSURL" yaml:"JWKSURL"`
	// Discovery finds the URL of the keys in the document that Issuer, a URL,
	// publishes at /.well-known/openid-configuration.
	Discovery bool `json:"Discovery" yaml:"Discovery"`
	// AccessExpire is how long an issued token is valid, 15 minutes when zero.
	AccessExpire Seconds `json:"AccessExpire" yaml:"AccessExpire"`
	// Algorithms holds the one algorithm of the secret: HS256, which it also is
	// when left out, HS384 or HS512. With keys it is the closed list of what is
	// accepted, all when left out; each key has one algorithm, and an RSA key that
	// does not say which has the one for RSA in this list, or RS256.
	Algorithms []string `json:"Algorithms" yaml:"Algorithms"`
	// Issuer is the iss that tokens are issued with and, unless it is empty, must
	// have.
	Issuer string `json:"Issuer" yaml:"Issuer"`
	// Audience is the aud that tokens are issued with; unless it is empty, a token
	// must have one of them.
	Audience []string `json:"Audience" yaml:"Audience"`
	// Issuers are others whose tokens are accepted too, each with keys of its own.
	// Issuer is needed beside them.
	Issuers []Trusted `json:"Issuers" yaml:"Issuers"`
	// TokenTypes are the typ a header may have, at+jwt and JWT when left out. They
	// are compared without case and without the prefix application/.
	TokenTypes []string `json:"TokenTypes" yaml:"TokenTypes"`
	// ScopeClaims are the claims that hold what a token allows. When they are left
	// out, that is scope, a string. Some issuers write scp or permissions instead.
	// Each is a string with spaces between scopes or an array of strings; all of them
	// together count.
	ScopeClaims []string `json:"ScopeClaims" yaml:"ScopeClaims"`
	// TrustedOrigins may send requests that change something with a token in a
	// cookie, beside the service's own origin; they are written as
	// https://app.example.com.
	TrustedOrigins []string `json:"TrustedOrigins" yaml:"TrustedOrigins"`
	// Leeway is how far clocks may differ: 30 seconds when zero, none when -1, at
	// most 5 minutes.
	Leeway Seconds `json:"Leeway" yaml:"Leeway"`
	// MaxTokenBytes is the largest token that is looked at, 8192 when zero.
	MaxTokenBytes int `json:"MaxTokenBytes" yaml:"MaxTokenBytes"`
	// CacheTokens is how many good signatures of keys are remembered, none when
	// zero: a token that comes again is then not verified with its key again, while
	// its claims are checked every time. Secrets are too fast to gain by it.
	CacheTokens int `json:"CacheTokens" yaml:"CacheTokens"`
	// Realm names the protected space in challenges, api when empty.
	Realm string `json:"Realm" yaml:"Realm"`
	// AllowNoExp accepts tokens without exp, which are valid for ever.
	AllowNoExp bool `json:"AllowNoExp" yaml:"AllowNoExp"`
	// AllowBareToken accepts an Authorization header that is a token without a
	// scheme word, as some clients of go-zero services send it.
	AllowBareToken bool `json:"AllowBareToken" yaml:"AllowBareToken"`
	// AllowNoType accepts tokens whose header has no typ. Those signed with keys
	// need none.
	AllowNoType bool `json:"AllowNoType" yaml:"AllowNoType"`
}

const (
	defaultExpire   Seconds = 15 * 60
	longExpire      Seconds = 24 * 60 * 60
	maxExpire       Seconds = maxTime / 10
	defaultLeeway   Seconds = 30
	maxLeeway       Seconds = 5 * 60
	noLeeway        Seconds = -1
	defaultMaxBytes         = 8 << 10
	limitMaxBytes           = 1 << 20
)

// withDefaults returns c, which is valid, with everything filled in.
func (c Config) withDefaults() Config {
	if c.AccessExpire == 0 {
		c.AccessExpire = defaultExpire
	}
	if len(c.TokenTypes) == 0 {
		c.TokenTypes = []string{typeAccess, typePlain}
	}
	switch c.Leeway {
	case 0:
		c.Leeway = defaultLeeway
	case noLeeway:
		c.Leeway = 0
	}
	if c.MaxTokenBytes == 0 {
		c.MaxTokenBytes = defaultMaxBytes
	}
	if c.Realm == "" {
		c.Realm = "api"
	}
	return c
}
