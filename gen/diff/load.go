package diff

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/load"
	"go.yaml.in/yaml/v3"
)

// MaxBytes bounds a document and each file that it refers to.
const MaxBytes = 32 << 20

// Source says where a document is. Nothing is fetched: a document may refer to
// files in its folder and below it, and to nothing else.
type Source struct {
	File string // path of the document
	// Alone tells that the document may not refer to other files at all.
	Alone bool
}

// load reads the document; its Url is the name that places have for it.
func (s Source) load() (*load.SpecInfo, error) {
	root, err := os.OpenRoot(filepath.Dir(s.File))
	if err != nil {
		return nil, readable(err)
	}
	defer root.Close()
	name := filepath.Base(s.File)
	content, err := read(root, name)
	if err != nil {
		return nil, err
	}
	if err := isDocument(content); err != nil {
		return nil, err
	}
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true
	// This function alone decides what may be read.
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, at *url.URL) ([]byte, error) {
		own := at.Scheme == "" && at.Host == ""
		switch {
		case own && at.Path == name:
			return placed(content), nil
		case !own || s.Alone:
			return nil, elsewhere(at)
		}
		part, err := read(root, filepath.FromSlash(at.Path))
		if err != nil {
			return nil, fmt.Errorf("it refers to %s: %w", at.Path, err)
		}
		return placed(part), nil
	}
	spec, err := loader.LoadFromURI(&url.URL{Path: name})
	if err != nil && isJSON(content) {
		// Some JSON is no YAML; it is read without places then.
		loader = openapi3.NewLoader()
		loader.ReadFromURIFunc = func(_ *openapi3.Loader, at *url.URL) ([]byte, error) {
			if at.Path != name || at.Host != "" {
				return nil, elsewhere(at)
			}
			return content, nil
		}
		if again, err := loader.LoadFromURI(&url.URL{Path: name}); err == nil {
			return evened(loader, &load.SpecInfo{Url: name, Spec: again})
		}
	}
	if err != nil {
		return nil, understandable(err)
	}
	return evened(loader, &load.SpecInfo{Url: name, Spec: spec})
}

// evened takes apart what two documents may write in different ways: parameters
// of a whole path, and names of headers, in which case means nothing.
func evened(loader *openapi3.Loader, info *load.SpecInfo) (*load.SpecInfo, error) {
	infos := []*load.SpecInfo{info}
	for _, even := range []load.Option{load.WithFlattenParams(), load.WithLowercaseHeaders()} {
		var err error
		if infos, err = even(loader, infos); err != nil {
			return nil, understandable(err)
		}
	}
	return infos[0], nil
}

func elsewhere(at *url.URL) error {
	return fmt.Errorf("it refers to %s, which is not read: put what it needs into the document itself", at.Redacted())
}

// read returns a file of a folder, which links do not lead out of.
func read(root *os.Root, name string) ([]byte, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, readable(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return nil, errors.New("it is a folder: expected an OpenAPI document, in YAML or JSON")
	}
	content, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	switch {
	case err != nil:
		return nil, readable(err)
	case len(content) > MaxBytes:
		return nil, fmt.Errorf("it has more than %d MiB, too much for a document of an interface", MaxBytes>>20)
	case !utf8.Valid(content):
		return nil, errors.New("it is no text in UTF-8: expected an OpenAPI document, in YAML or JSON")
	}
	return content, nil
}

// readable drops the path from the error of a file, which the caller knows.
func readable(err error) error {
	if e := (*os.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// isJSON reports whether a document looks like JSON, which YAML almost contains.
func isJSON(content []byte) bool { return strings.HasPrefix(strings.TrimSpace(string(content)), "{") }

// placed makes the loader read JSON as YAML, of which alone it notes places: a
// comment at the end keeps it from being JSON.
func placed(content []byte) []byte {
	if !isJSON(content) {
		return content
	}
	return append(append([]byte(nil), content...), "\n#\n"...)
}

var yamlLine = regexp.MustCompile(`^line (\d+): (.*)`)

// isDocument refuses what is no OpenAPI document of version 3.
func isDocument(content []byte) error {
	version, swagger, err := versions(content)
	switch {
	case err != nil:
		return err
	case swagger != "":
		return fmt.Errorf("it is Swagger %s, which came before OpenAPI: expected OpenAPI 3.0 or 3.1; converters make one of the other", swagger)
	case version == "":
		return errors.New(`it is no OpenAPI document: expected a member openapi at its top, such as openapi: "3.1.1"`)
	case !strings.HasPrefix(version, "3."):
		return fmt.Errorf("it is of OpenAPI version %q: expected 3.0 or 3.1", version)
	}
	return nil
}

// versions returns what a document calls itself, both empty for anything else.
func versions(content []byte) (openapi, swagger string, err error) {
	if isJSON(content) {
		var head struct{ OpenAPI, Swagger string }
		if json.Unmarshal(content, &head) == nil {
			return head.OpenAPI, head.Swagger, nil
		}
	}
	var head struct {
		OpenAPI yaml.Node `yaml:"openapi"`
		Swagger yaml.Node `yaml:"swagger"`
	}
	err = yaml.Unmarshal(content, &head)
	if err == nil || errors.As(err, new(*yaml.TypeError)) { // a list has no members
		return head.OpenAPI.Value, head.Swagger.Value, nil
	}
	failure := &Failure{Message: strings.TrimPrefix(err.Error(), "yaml: ")}
	if m := yamlLine.FindStringSubmatch(failure.Message); m != nil {
		failure.Line, _ = strconv.Atoi(m[1])
		failure.Message = m[2]
	}
	failure.Message = "this is neither YAML nor JSON: " + failure.Message
	return "", "", failure
}

// understandable takes what the loader says of its two parsers apart.
func understandable(err error) error {
	text := err.Error()
	if _, yamlError, ok := strings.Cut(text, ", yaml error: "); ok {
		text = strings.TrimPrefix(yamlError, "error converting YAML to JSON: ")
	}
	return errors.New("it cannot be understood as an OpenAPI document: " + text)
}
