package auth

import (
	"context"
	"net/http"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// remoteSet is the keys that another service publishes.
type remoteSet struct {
	algs   []string
	client *jwks.Client
}

func newRemoteSet(s source, client *http.Client) (*remoteSet, error) {
	opts := []jwks.ClientOption{jwks.WithOptions(s.options())}
	if client != nil {
		opts = append(opts, jwks.WithHTTPClient(client))
	}
	r := &remoteSet{algs: algorithmsOf(s.algorithms)}
	var err error
	if s.discovery {
		r.client, err = jwks.NewDiscovery(s.issuer, opts...)
	} else {
		r.client, err = jwks.NewClient(s.url, opts...)
	}
	return r, err
}

func (r *remoteSet) algorithms() []string { return r.algs }

func (r *remoteSet) candidates(ctx context.Context, h *header) ([]key, *jwks.Set, error) {
	set, err := r.client.Set(ctx, h.kid)
	if err != nil {
		return nil, nil, err
	}
	return publicKeys(set.Candidates(h.kid, h.alg)), set, nil
}

func (r *remoteSet) knows(h *header) bool { return r.client.Knows(h.kid) }

// reread has the keys fetched when the token does not say which one is its own: of
// one that does, the client has looked for the key already.
func (r *remoteSet) reread(ctx context.Context, h *header, of *jwks.Set) (bool, error) {
	if h.kid != "" && of.AllNamed() {
		return false, nil
	}
	return r.client.Renew(ctx, of)
}
