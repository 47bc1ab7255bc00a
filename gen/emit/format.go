package emit

import (
	"bytes"
	"fmt"
	"go/format"
	"runtime"
	"sync"
)

// Format gofmts a generated file. The error holds the offending line: it is a
// fault of the generator, never of the user.
//
// Large files are formatted in parts at the same time: gofmt aligns nothing
// across declarations, so that the result is that of the whole.
func Format(name string, src []byte) ([]byte, error) {
	if parts := split(src, partSize); len(parts) > 1 {
		if out, ok := formatParts(parts); ok {
			return out, nil
		}
	}
	out, err := format.Source(src)
	if err != nil {
		return nil, fmt.Errorf("%s does not parse: %w", name, err)
	}
	return out, nil
}

// partSize is how large a part is worth a goroutine.
const partSize = 64 << 10

// split cuts src behind declarations, into parts of at least size bytes. A cut
// elsewhere, in a text that looks like the end of a declaration, leaves parts
// that do not parse.
func split(src []byte, size int) [][]byte {
	end := []byte("\n}\n\n")
	var parts [][]byte
	for len(src) > 2*size {
		at := bytes.Index(src[size:], end)
		if at < 0 {
			break
		}
		at += size + len(end) - 1
		parts = append(parts, src[:at])
		src = bytes.TrimLeft(src[at+1:], "\n") // gofmt leaves one empty line
	}
	return append(parts, src)
}

// formatParts formats each part by itself and joins them. It reports false when
// one does not parse by itself.
func formatParts(parts [][]byte) ([]byte, bool) {
	out := make([][]byte, len(parts))
	errs := make([]error, len(parts))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, part := range parts {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			out[i], errs[i] = format.Source(part)
			out[i] = append(bytes.TrimRight(out[i], "\n"), '\n')
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, false
		}
	}
	return bytes.Join(out, []byte("\n")), true
}
