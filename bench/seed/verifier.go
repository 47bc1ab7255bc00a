package seed

import "github.com/apigen-go/apigen/runtime/auth"

// Verifier returns what stands in front of the routes that need a token, for
// benchmarks of that alone.
func Verifier(c Config) (*auth.Verifier[Session], error) {
	a, err := newAPI(c, Handlers{Public: new(Public), Account: new(Account)}, nil)
	if err != nil {
		return nil, err
	}
	return a.auth, nil
}
