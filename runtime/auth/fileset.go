package auth

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// fileSet is the keys of files. The files are looked at again while they are
// used: every few seconds, so that a key that was taken out stops verifying, and
// at once when a token has a signature that no key made, so that a new key is
// known as soon as it signs. There is nothing to close.
type fileSet struct {
	source source
	algs   []string
	now    func() time.Time

	loaded atomic.Pointer[fileKeys]
	looked atomic.Int64 // when, in nanoseconds since 1970
	mu     sync.Mutex   // held while looking
	failed string       // what went wrong the last time; behind mu
	broken []fileState  // the files that went wrong, nil for none; behind mu
}

// fileKeys is what the files held at one time.
type fileKeys struct {
	set   *jwks.Set
	signs *jwks.Key // nil without PrivateKeyFile
	files []fileState
}

// fileState tells whether a file was changed.
type fileState struct {
	name  string
	info  fs.FileInfo // nil when there is no such file
	fresh bool        // changed so shortly before that another change may look the same
}

const (
	// lookEvery is how long a key that was taken out of a file may go on verifying.
	lookEvery = 5 * time.Second
	// clockStep is the coarsest step in which file systems count time.
	clockStep = 2 * time.Second
	// maxKeyFile bounds what is read, in bytes.
	maxKeyFile = 1 << 20
)

func newFileSet(s source) (*fileSet, error) {
	f := &fileSet{source: s, algs: algorithmsOf(s.algorithms), now: time.Now}
	keys, err := f.read()
	if err != nil {
		return nil, err
	}
	f.loaded.Store(keys)
	f.looked.Store(f.now().UnixNano())
	return f, nil
}

func (f *fileSet) algorithms() []string { return f.algs }

func (f *fileSet) candidates(_ context.Context, h *header) ([]key, *jwks.Set, error) {
	f.lookSometimes()
	set := f.loaded.Load().set
	return publicKeys(set.Candidates(h.kid, h.alg)), set, nil
}

func (f *fileSet) knows(*header) bool { return true }

// lookSometimes looks at the files when it is time to. Those who come meanwhile do
// not wait.
func (f *fileSet) lookSometimes() {
	now, last := f.now().UnixNano(), f.looked.Load()
	due := max(now-last, last-now) >= int64(lookEvery) // clocks are set back, too
	if due && f.looked.CompareAndSwap(last, now) {
		f.look(f.loaded.Load().set)
	}
}

func (f *fileSet) reread(_ context.Context, _ *header, of *jwks.Set) (bool, error) {
	return f.look(of), nil
}

// look looks at the files, and reports whether the keys are others than those of the
// set: somebody else may have read new ones since it was asked for.
func (f *fileSet) look(set *jwks.Set) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	seen := f.loaded.Load()
	if seen.set != set {
		return true
	}
	if !changed(seen.files) || f.broken != nil && !changed(f.broken) {
		return false // a file that is broken is not read for every token
	}
	keys, err := f.read()
	if err != nil {
		f.broken = keys.files
		f.complain(err)
		return false
	}
	f.failed, f.broken = "", nil
	if a, b := seen.signs, keys.signs; a != nil && a.ID() == b.ID() && a.Thumbprint() != b.Thumbprint() {
		slog.Warn("auth: the key that signs has changed and its kid has not, so others who verify may go on with the one from before: "+
			"change KeyID with the key, or leave it out", slog.String("kid", b.ID()))
	}
	same := sameKeys(keys, seen)
	if same {
		keys.set, keys.signs = seen.set, seen.signs // what is remembered of them stays good
	}
	f.loaded.Store(keys)
	return !same
}

// complain logs what went wrong, once. A file that is written in place is broken
// for a moment; the keys before it stay in use.
func (f *fileSet) complain(err error) {
	if err.Error() != f.failed {
		f.failed = err.Error()
		slog.Warn("auth: a key file has changed and cannot be used; its keys from before stay in use", slog.Any("error", err))
	}
}

// changed reports whether one of files may have another content than it had.
func changed(files []fileState) bool {
	return slices.ContainsFunc(files, func(f fileState) bool {
		info, _ := os.Stat(f.name)
		if info == nil || f.info == nil {
			return info != nil || f.info != nil
		}
		return f.fresh || !os.SameFile(info, f.info) || info.Size() != f.info.Size() || !info.ModTime().Equal(f.info.ModTime())
	})
}

// stateOf looks at a file at the time now. One whose time is in the future, by a
// clock that is wrong, is no fresh one: it would be read again and again.
func stateOf(name string, now time.Time) fileState {
	f := fileState{name: name}
	f.info, _ = os.Stat(name)
	if f.info != nil {
		age := now.Sub(f.info.ModTime())
		f.fresh = -clockStep < age && age < clockStep
	}
	return f
}

func sameKeys(a, b *fileKeys) bool {
	x, errX := a.set.MarshalJSON()
	y, errY := b.set.MarshalJSON()
	sameSigner := (a.signs == nil) == (b.signs == nil) && (a.signs == nil || a.signs.ID() == b.signs.ID())
	return errX == nil && errY == nil && string(x) == string(y) && sameSigner
}

// signer returns the key that signs now.
func (f *fileSet) signer() signer {
	f.look(f.loaded.Load().set)
	return publicKey{f.loaded.Load().signs}
}

// read reads the files. With an error it still tells which ones.
func (f *fileSet) read() (*fileKeys, error) {
	now := f.now()
	k := new(fileKeys)
	for _, name := range []string{f.source.publicFile, f.source.privateFile} {
		if name == "" {
			continue
		}
		k.files = append(k.files, stateOf(name, now))
	}
	var err error
	k.set, k.signs, err = f.source.readFiles()
	return k, err
}

// readFiles returns the keys in the files, and the one that signs. It reports what
// is wrong with both files.
func (s source) readFiles() (set *jwks.Set, signs *jwks.Key, err error) {
	var keys []*jwks.Key
	var errs []error
	if s.publicFile != "" {
		o := s.options()
		if s.privateFile == "" {
			o.ID = s.keyID
		}
		public, err := parseFile(s.publicFile, o, jwks.ParsePublic)
		if err != nil { //check:public-file
			errs = append(errs, s.invalid(fieldPublic, "%w", err))
		} else {
			keys = public.Keys()
		}
	}
	if s.privateFile != "" {
		o := s.options()
		o.ID = s.keyID
		signs, err = parseFile(s.privateFile, o, jwks.ParsePrivate)
		if err != nil { //check:private-file
			errs = append(errs, s.invalid(fieldPrivate, "%w", err))
		} else {
			keys = append(keys, signs.Public())
		}
	}
	if len(errs) > 0 {
		return nil, nil, errors.Join(errs...)
	}
	set, err = jwks.NewSet(keys...)
	if err != nil {
		return nil, nil, s.invalid(fieldPublic, "together with %s: %w", fieldPrivate, err)
	}
	if s.keyID != "" && !s.named(set, signs) { //check:key-id-other
		return nil, nil, s.invalid("KeyID", "expected the kid that the key has in its file, or one for a single key without a kid: "+
			"leave it out, or name several keys in a JWK set")
	}
	return set, signs, nil
}

// named reports whether KeyID is the name of the key that signs, or of one that
// verifies where none does.
func (s source) named(set *jwks.Set, signs *jwks.Key) bool {
	if signs != nil {
		return signs.ID() == s.keyID
	}
	return set.Has(s.keyID)
}

// parseFile reads one file.
func parseFile[T any](name string, o jwks.Options, parse func([]byte, jwks.Options) (T, error)) (parsed T, err error) {
	if isKeyItself(name) { //check:key-itself
		return parsed, errors.New("expected the name of a file, got what looks like the key itself: write it to a file, and the name of that here")
	}
	info, err := os.Stat(name)
	if err != nil {
		return parsed, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxKeyFile { //check:key-file
		return parsed, fmt.Errorf("%s: expected a file of at most 1 MiB", name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return parsed, err
	}
	parsed, err = parse(text, o)
	if err != nil {
		return parsed, fmt.Errorf("%s: %w", name, err)
	}
	return parsed, nil
}
