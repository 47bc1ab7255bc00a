package verdict

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/apigen-go/apigen/internal/modules"
)

// lie is one change of the zoo's document that makes it wrong.
type lie struct {
	op   string // that is asked
	at   string // names down to what is changed, with spaces between
	to   any    // nil removes it
	says string // part of what the report has to say
}

const (
	takes   = "the server takes what the document refuses"
	refuses = "the server refuses what the document takes"
	unlike  = "the answer is not in the document"
)

var lies = []lie{
	{"POST /zoo/rules/text", "components schemas OfTextInput properties max maxLength", 4, refuses},
	{"POST /zoo/rules/text", "components schemas OfTextInput properties max maxLength", 2, takes},
	{"POST /zoo/rules/text", "components schemas OfTextInput properties min minLength", nil, refuses},
	{"POST /zoo/rules/text", "components schemas OfTextInput properties oneof enum", []string{"red", "green"}, takes},
	{"POST /zoo/rules/text", "components schemas OfTextInput properties email format", nil, refuses},
	{"POST /zoo/rules/text", "components schemas OfTextInput properties omit not", nil, refuses},
	{"POST /zoo/rules/number", "components schemas OfNumberInput properties max maximum", 8, refuses},
	{"POST /zoo/rules/number", "components schemas OfNumberInput properties float minimum", nil, refuses},
	{"POST /zoo/rules/number", "components schemas OfNumberInput properties wait pattern", nil, refuses},
	{"POST /zoo/rules/number", "components schemas OfNumberInput properties quoted pattern", nil, refuses},
	{"POST /zoo/rules/list", "components schemas OfListInput properties len maxItems", nil, refuses},
	{"POST /zoo/rules/list", "components schemas OfListInput properties map minProperties", nil, refuses},
	{"POST /zoo/rules/list", "components schemas OfListInput properties key allOf", nil, refuses},
	{"POST /zoo/scalars/numbers", "components schemas Numbers properties int type", "number", refuses},
	{"POST /zoo/scalars/numbers", "components schemas Numbers properties uint minimum", nil, refuses},
	{"POST /zoo/scalars/numbers", "components schemas Numbers properties int16 maximum", nil, refuses},
	{"POST /zoo/scalars/texts", "components schemas Texts properties time format", nil, refuses},
	{"POST /zoo/scalars/texts", "components schemas Texts properties bytes pattern", nil, refuses},
	{"POST /zoo/scalars/texts", "components schemas Grade enum", nil, refuses},
	{"POST /zoo/scalars/texts", "components schemas Unit enum", []string{"m", "g"}, unlike},
	{"POST /zoo/scalars/strict", "components schemas TextsInputStrict additionalProperties", nil, refuses},
	{"POST /zoo/shapes/directions/strict", "components schemas DirectionsInputStrict additionalProperties", nil, refuses},
	{"POST /zoo/shapes/keys", "components schemas Keys properties int propertyNames", nil, refuses},
	{"POST /zoo/shapes/keys", "components schemas Keys properties enum propertyNames", nil, refuses},
	{"POST /zoo/shapes/optional", "components schemas OptionalInput required", nil, refuses},
	{"POST /zoo/shapes/optional", "components schemas OptionalInput properties opt type", "string", takes},
	{"POST /zoo/shapes/lax", "components schemas OptionalInputNullable required", nil, refuses},
	{"POST /zoo/bodies/struct", "paths /zoo/bodies/struct post requestBody required", nil, refuses},
	{"POST /zoo/bodies/default", "paths /zoo/bodies/default post requestBody required", true, takes},
	{"PATCH /zoo/bodies/mixed/{id}", "components schemas MixedBody properties note type", "string", takes},
	{"PATCH /zoo/bodies/mixed/{id}", "components schemas MixedBody properties note", nil, refuses},
	{"POST /zoo/bodies/struct", "paths /zoo/bodies/struct post responses 204", nil, unlike},
	{"POST /zoo/bodies/struct", "paths /zoo/bodies/struct post responses 422", nil, unlike},
	{"POST /zoo/rules/text", "components schemas OfText properties max type", "integer", unlike},
	{"GET /zoo/params/query", "paths /zoo/params/query get parameters int schema type", "string", refuses},
	{"GET /zoo/params/query", "paths /zoo/params/query get parameters bool schema type", "string", refuses},
	{"GET /zoo/params/query", "paths /zoo/params/query get parameters float schema type", "string", refuses},
	{"GET /zoo/params/query", "paths /zoo/params/query get parameters page schema maximum", nil, refuses},
	{"GET /zoo/params/query", "paths /zoo/params/query get parameters uint8 schema maximum", nil, refuses},
	{"GET /zoo/params/query", "paths /zoo/params/query get parameters int required", nil, refuses},
	{"GET /zoo/params/query", "paths /zoo/params/query get parameters short required", true, takes},
	{"GET /zoo/params/header", "paths /zoo/params/header get parameters X-Text required", nil, refuses},
	{"GET /zoo/params/header", "paths /zoo/params/header get parameters X-Bool required", true, takes},
	{"GET /zoo/params/cookie", "paths /zoo/params/cookie get parameters sid schema minLength", nil, refuses},
	{"GET /zoo/params/path/{int}/{text}/of/{size}", "paths /zoo/params/path/{int}/{text}/of/{size} get parameters text schema maxLength", nil, refuses},
	{"GET /zoo/params/lists", "paths /zoo/params/lists get parameters id schema maxItems", nil, refuses},
	{"GET /zoo/params/lists", "paths /zoo/params/lists get parameters id required", nil, refuses},
	{"GET /zoo/params/lists", "paths /zoo/params/lists get parameters id schema items type", "string", refuses},
}

// TestLies asks that a document that is wrong in one place is found out, so that
// neither the requests nor the exceptions hide it.
func TestLies(t *testing.T) {
	if underRace {
		t.Skip("TestSameVerdict runs with the detector of races, with fewer requests than this needs")
	}
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "internal", "verdict", "zoo", "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, handler, credentials, err := zooService(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	truth, err := parseDocument(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lies {
		s, err := newService("zoo", l.tell(t, text), handler, credentials)
		if err != nil {
			t.Fatal(err)
		}
		s.doc = truth // from which requests are made
		if got := found(s, l.op); !strings.Contains(got, l.says) {
			t.Errorf("%s: %s is %v: got %q, want that %s", l.op, l.at, l.to, got, l.says)
		}
	}
}

// found is the first report about an operation, "" for none.
func found(s *service, name string) string {
	for _, op := range s.doc.operations() {
		for seed := uint64(0); op.String() == name && seed < 4000; seed++ {
			if wrong := try(s, op, seed, map[string]int{}); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

// tell changes the document, and leaves the one path in it that is asked.
func (l lie) tell(t *testing.T, text []byte) []byte {
	t.Helper()
	doc, err := parseDocument(text)
	if err != nil {
		t.Fatal(err)
	}
	_, path, _ := strings.Cut(l.op, " ")
	doc.root["paths"] = object{path: doc.root["paths"].(object)[path]}
	names := strings.Fields(l.at)
	var at any = doc.root
	for _, name := range names[:len(names)-1] {
		at = below(at, name)
	}
	o, ok := at.(object)
	last := names[len(names)-1]
	if _, there := o[last]; !ok || l.to == nil && !there {
		t.Fatalf("the document has nothing at %s", l.at)
	}
	if o[last] = l.to; l.to == nil {
		delete(o, last)
	}
	out, err := yaml.Marshal(doc.root)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// below is a member of an object, or the parameter of that name of a list.
func below(at any, name string) any {
	if params, ok := at.([]any); ok {
		for _, p := range params {
			if p.(object)["name"] == name {
				return p
			}
		}
		return nil
	}
	o, _ := at.(object)
	return o[name]
}
