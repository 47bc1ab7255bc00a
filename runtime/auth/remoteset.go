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

func (r *remoteSet) candidates(ctx context.Context, h *header) ([]key, error) {
	set, err := r.client.Set(ctx, h.kid)
	if err != nil {
		return nil, err
	}
	return publicKeys(set.Candidates(h.kid, h.alg)), nil
}

func (r *remoteSet) knows(h *header) bool { return r.client.Knows(h.kid) }

// reread reports false: the client fetches by itself what is not known.
func (r *remoteSet) reread() bool { return false }
