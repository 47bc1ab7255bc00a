package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"unicode/utf8"
)

// maxSize is the largest configuration file.
const maxSize = 1 << 20

// Load reads the file at path into the struct that into points to. Its extension
// tells the format: .yaml, .yml or .json. Values that are there already are the
// defaults of keys that the file does not have. When Load returns an error, which
// is an [Errors] with all mistakes or tells why there is nothing to read, into is
// as it was.
func Load(path string, into any, opts ...Option) error {
	text, err := read(path)
	if err != nil {
		return err
	}
	return Parse(path, text, into, opts...)
}

// read returns what is in the file, unless it is too much.
func read(path string) ([]byte, error) {
	if path == "" {
		return nil, errors.New("config: expected the path of a configuration file, got nothing")
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(path)
	} else if errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("%s: the file cannot be read by the user of this process: give it the right to: %w", path, cause(err))
	} else if err != nil {
		return nil, fmt.Errorf("%s: the file cannot be read: %w", path, cause(err))
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: the file cannot be read: %w", path, cause(err))
	case info.IsDir():
		return nil, fmt.Errorf("%s: expected a file, got a directory: name the file in it", path)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: the file cannot be read: %w", path, cause(err))
	case len(text) > maxSize:
		return nil, fmt.Errorf("%s: the file is larger than %d bytes: that is no configuration", path, maxSize)
	}
	return text, nil
}

// missing is the error for a file that is not there, which is its path.
type missing string

// Error says what to do.
func (m missing) Error() string {
	return string(m) + ": there is no such file: write one, for which apigen config prints a start, or name another"
}

// Unwrap returns fs.ErrNotExist.
func (missing) Unwrap() error { return fs.ErrNotExist }

// cause drops the path that the os package has put into an error.
func cause(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// Parse is Load for a text that is there already, such as an embedded one. Name
// is the name of the file in messages, and its extension tells the format.
func Parse(name string, text []byte, into any, opts ...Option) error {
	target := reflect.ValueOf(into)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return fmt.Errorf("config: expected a pointer to what is to be filled, got %T", into)
	}
	l := newLoader(name, opts)
	root := l.parse(text)
	if root == nil {
		return l.err()
	}
	l.expand(root, "")
	if l.prefix != "" {
		if err := l.override(root, target.Type().Elem()); err != nil {
			return err
		}
	}
	filled := reflect.New(target.Type().Elem()).Elem()
	filled.Set(target.Elem())
	l.fill(filled, root, "")
	l.validate(filled, root)
	if err := l.err(); err != nil {
		return err
	}
	target.Elem().Set(filled)
	return nil
}

// parse turns the text into nodes. It returns nil when that cannot be done.
func (l *loader) parse(text []byte) *node {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // editors on Windows write it
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}) || bytes.HasPrefix(text, []byte{0xfe, 0xff}) || bytes.IndexByte(text, 0) >= 0:
		l.addAt(place{}, "", "expected text in UTF-8: save the file as UTF-8")
		return nil
	case !utf8.Valid(text):
		l.addAt(badByte(text), "", "expected text in UTF-8: save the file as UTF-8")
		return nil
	case len(text) > maxSize:
		l.addAt(place{}, "", "is larger than %d bytes: that is no configuration", maxSize)
		return nil
	case len(bytes.TrimSpace(text)) == 0:
		l.empty()
		return nil
	}
	switch strings.ToLower(filepath.Ext(l.file)) {
	case ".yaml", ".yml":
		return l.parseYAML(text)
	case ".json":
		return l.parseJSON(text)
	}
	l.addAt(place{}, "", "the format is not known: expected a name that ends in .yaml, .yml or .json")
	return nil
}

func (l *loader) empty() {
	l.addAt(place{}, "", "the file is empty: apigen config prints a start")
}

// badByte is where the first byte stands that is not UTF-8.
func badByte(text []byte) place {
	at := place{line: 1, column: 1}
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			break
		}
		at.column++
		if r == '\n' {
			at = place{line: at.line + 1, column: 1}
		}
		text = text[size:]
	}
	return at
}

// join appends a key to a path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
