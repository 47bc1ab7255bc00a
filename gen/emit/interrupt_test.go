package emit

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// doneAfter is done when it was asked n times.
type doneAfter struct {
	context.Context
	n int
}

func (c *doneAfter) Err() error {
	if c.n == 0 {
		return context.Canceled
	}
	c.n--
	return nil
}

// Whenever a run is interrupted, all files are old or all are new, and no
// temporary file stays.
func TestInterrupt(t *testing.T) {
	const changed = head + "var X = 1\n"
	for n := range 5 {
		dir := t.TempDir()
		a := put(t, filepath.Join(dir, "api_gen.go"), head)
		b := put(t, filepath.Join(dir, "b_gen.go"), head)
		c := put(t, filepath.Join(dir, "c_gen.go"), head)
		err := Write(&doneAfter{t.Context(), n}, []Change{
			{Path: a, Action: Update, New: []byte(changed)},
			{Path: b, Action: Update, New: []byte(changed)},
			{Path: c, Action: Remove},
		})
		want, files := head, "api_gen.go b_gen.go c_gen.go"
		if n >= 3 { // two temporary files, and the renames
			want, files = changed, "api_gen.go b_gen.go"
		}
		if (err == nil) != (want == changed) || err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("after %d: error is %v", n, err)
		}
		if get(t, a) != want || get(t, b) != want || list(t, dir) != files {
			t.Errorf("after %d: folder holds %s", n, list(t, dir))
		}
	}
}

// Runs at the same time do not disturb each other.
func TestTwoRuns(t *testing.T) {
	dir := t.TempDir()
	content := head + strings.Repeat("// more\n", 10_000)
	path := put(t, filepath.Join(dir, "api_gen.go"), head)
	orphan := put(t, filepath.Join(dir, "api_codec_gen.go"), head)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				err := Write(t.Context(), []Change{
					{Path: path, Action: Update, New: []byte(content)},
					{Path: orphan, Action: Remove},
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if get(t, path) != content || list(t, dir) != "api_gen.go" {
		t.Errorf("folder holds %s", list(t, dir))
	}
}
