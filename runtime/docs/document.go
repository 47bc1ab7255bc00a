package docs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"

	"github.com/go-json-experiment/json"
	"go.yaml.in/yaml/v3"
)

// head is what this package reads of a document. All else is the page's.
type head struct {
	OpenAPI string `json:"openapi" yaml:"openapi"`
	Info    struct {
		Title string `json:"title" yaml:"title"`
	} `json:"info" yaml:"info"`
}

// document is an OpenAPI document under the name it is served by.
type document struct {
	name, mediaType, title string
}

// version is the form of the member openapi in versions the page shows.
var version = regexp.MustCompile(`^3\.\d+\.\d+$`)

// readDocument finds out what text is. JSON has application/json (RFC 8259) and
// YAML application/yaml (RFC 9512): application/openapi+json and +yaml are not
// registered as long as draft-ietf-httpapi-rest-api-mediatypes is a draft.
func readDocument(text []byte) (*document, error) {
	d := &document{name: "openapi.json", mediaType: "application/json"}
	h, err := readJSON(text)
	if err != nil {
		d.name, d.mediaType = "openapi.yaml", "application/yaml"
		jsonErr := err
		if h, err = readYAML(text); err != nil && bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("{")) {
			err = jsonErr // what is more likely meant
		}
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("docs: the document is neither JSON nor YAML, expected an OpenAPI document as apigen openapi writes it: %w", err)
	case !version.MatchString(h.OpenAPI):
		return nil, errors.New(`docs: the document says no version of OpenAPI that the page shows: expected a member openapi, such as openapi: "3.1.1"`)
	}
	d.title = h.Info.Title
	if d.title == "" {
		d.title = "API documentation"
	}
	return d, nil
}

func readJSON(text []byte) (h head, err error) {
	return h, json.Unmarshal(text, &h)
}

func readYAML(text []byte) (h head, err error) {
	in := yaml.NewDecoder(bytes.NewReader(text))
	if err := in.Decode(&h); errors.Is(err, io.EOF) {
		return h, errors.New("the document is empty")
	} else if err != nil {
		return h, err
	}
	if err := in.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return h, errors.New("expected one YAML document, a second one follows")
	}
	return h, nil
}
