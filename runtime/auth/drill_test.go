package auth

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// instance is one of several servers of a service: it issues tokens and serves
// what they open.
type instance struct {
	issuer  *Issuer[session]
	handler http.Handler
}

func newInstance(t testing.TB, issuing, verifying Config) *instance {
	t.Helper()
	i := new(instance)
	if issuing.AccessSecret+issuing.PrivateKeyFile != "" {
		i.issuer = keyedIssuer(t, issuing)
	}
	i.handler = keyed(t, verifying).Middleware()(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, ok := From[session](r.Context()); !ok || c.Name != "Alice" {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	return i
}

// drill is a service under load while somebody rotates its keys.
type drill struct {
	t         *testing.T
	instances []atomic.Pointer[instance]
	answered  atomic.Int64
	tokens    sync.Map // those that are out, each valid
	stop      chan struct{}
	group     sync.WaitGroup
}

// start lets four clients sign in at one server and call another, without pause.
func start(t *testing.T, instances ...*instance) *drill {
	d := &drill{t: t, instances: make([]atomic.Pointer[instance], len(instances)), stop: make(chan struct{})}
	for i := range instances {
		d.instances[i].Store(instances[i])
	}
	for client := range 4 {
		d.group.Go(func() {
			for n := client; ; n++ {
				select {
				case <-d.stop:
					return
				default:
					d.call(client, n)
				}
			}
		})
	}
	return d
}

// call asks for a token, and presents it and the one before it.
func (d *drill) call(client, n int) {
	from, to := d.instances[n%len(d.instances)].Load(), d.instances[(n+1)%len(d.instances)].Load()
	token, _, err := from.issuer.Access(context.Background(), &session{Name: "Alice"})
	if err != nil {
		d.t.Error(err)
		return
	}
	before, _ := d.tokens.Swap(client, token)
	for _, token := range []any{token, before} {
		if token == nil {
			continue
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Authorization", "Bearer "+token.(string))
		w := httptest.NewRecorder()
		to.handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			d.t.Errorf("a valid token: %d %s", w.Code, w.Body)
		}
		d.answered.Add(1)
	}
}

// settle waits until every client has gone around twice, so that no token is out
// from before.
func (d *drill) settle() {
	target := d.answered.Load() + 64
	d.wait(func() bool { return d.answered.Load() >= target })
	seen := make(map[any]any)
	d.tokens.Range(func(client, token any) bool { seen[client] = token; return true })
	for client, token := range seen {
		for range 2 {
			d.wait(func() bool { now, _ := d.tokens.Load(client); return now != token })
			token, _ = d.tokens.Load(client)
		}
	}
}

func (d *drill) wait(until func() bool) {
	for !until() && !d.t.Failed() {
		time.Sleep(time.Millisecond)
	}
}

func (d *drill) end() {
	d.settle()
	close(d.stop)
	d.group.Wait()
	d.t.Logf("%d requests answered", d.answered.Load())
}

// A secret is rotated as the documentation has it: all servers learn to verify with
// the new one before any signs with it.
func TestDrillSecret(t *testing.T) {
	steps := []Config{
		{AccessSecret: previous},
		{AccessSecret: previous, PrevSecrets: []string{secret}},
		{AccessSecret: secret, PrevSecrets: []string{previous}},
		{AccessSecret: secret},
	}
	d := start(t, newInstance(t, steps[0], steps[0]), newInstance(t, steps[0], steps[0]), newInstance(t, steps[0], steps[0]))
	for _, step := range steps[1:] {
		d.settle()
		for i := range d.instances { // one after the other
			d.instances[i].Store(newInstance(t, step, step))
			d.settle()
		}
	}
	d.end()
}

// Key files are replaced under servers that go on: first the new public key, then
// the private one, and last the old public key goes.
func TestDrillKeyFile(t *testing.T) {
	old, next := newSigner(t, "ES256"), newSigner(t, "EdDSA")
	c := Config{PrivateKeyFile: file(t, privatePEM(t, old)), PublicKeyFile: file(t, publicPEM(t, old)), CacheTokens: 64}
	d := start(t, newInstance(t, c, c), newInstance(t, c, c))
	d.settle()
	replace(t, c.PublicKeyFile, publicPEM(t, old)+publicPEM(t, next))
	d.settle()
	replace(t, c.PrivateKeyFile, privatePEM(t, next))
	d.settle()
	replace(t, c.PublicKeyFile, publicPEM(t, next))
	d.end()
}

// The issuer's keys are fetched by a service that never restarts, and change while
// it is asked.
func TestDrillJWKS(t *testing.T) {
	old, next := newSigner(t, "ES256"), newSigner(t, "EdDSA")
	dir := t.TempDir()
	public, private := filepath.Join(dir, "public.pem"), filepath.Join(dir, "private.pem")
	replace(t, public, publicPEM(t, old))
	replace(t, private, privatePEM(t, old))
	issuing := Config{Issuer: "https://login.example.com", PrivateKeyFile: private, PublicKeyFile: public}

	login := keyedIssuer(t, issuing)
	fetched := new(atomic.Int64)
	handler := jwks.Handler(login.PublicKeys)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fetched.Add(1)
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)

	verifying := Config{Issuer: issuing.Issuer, JWKSURL: server.URL}
	a, b := newInstance(t, Config{}, verifying), newInstance(t, Config{}, verifying)
	a.issuer, b.issuer = login, login
	d := start(t, a, b)
	d.settle()
	replace(t, public, publicPEM(t, old)+publicPEM(t, next))
	d.settle()
	replace(t, private, privatePEM(t, next))
	d.end()
	if n := fetched.Load(); n != 4 { // each instance at first, and for the unknown key
		t.Errorf("the keys were fetched %d times", n)
	}
}

// Discovery finds the keys through the issuer.
func TestDiscovery(t *testing.T) {
	var server *httptest.Server
	private := file(t, privatePEM(t, newSigner(t, "ES256")))
	mux := http.NewServeMux()
	server = httptest.NewTLSServer(mux)
	t.Cleanup(server.Close)
	login := keyedIssuer(t, Config{Issuer: server.URL, PrivateKeyFile: private})
	mux.Handle("/keys", jwks.Handler(login.PublicKeys))
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"issuer": server.URL, "jwks_uri": server.URL + "/keys"})
	})
	v := keyed(t, Config{Issuer: server.URL, Discovery: true}, WithHTTPClient(server.Client()))
	token := issue(t, login)
	wantCode(t, v, token, 0)
	wantCode(t, v, signFor(t, newSigner(t, "ES256"), "ES256", headOf("ES256"), claimsText(`"iss":"`+server.URL+`"`)), CodeSignature)

	// Nobody can tell while the issuer is down: 503, not 401.
	server.Close()
	v = keyed(t, Config{Issuer: server.URL, Discovery: true}, WithHTTPClient(server.Client()))
	wantCode(t, v, token, CodeUnavailable)
	x := requestWith("Authorization", "Bearer "+token)
	v.Authenticate(x)
	wantAnswer(t, x, 503, "")
	if x.problem.Header.Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
}
