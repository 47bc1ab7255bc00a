package diff

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// asJSON writes the document as JSON.
func asJSON(t *testing.T, doc string) string {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(doc), &v); err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Versions and formats that differ are no change, and JSON has places, too.
func TestFormats(t *testing.T) {
	nullable := edit(t, shop, "id: {type: string}\n        total", "id: {type: [string, 'null']}\n        total")
	old := edit(t, shop, `openapi: "3.1.1"`, "openapi: 3.0.4", "id: {type: string}\n        total", "id: {type: string, nullable: true}\n        total")
	for _, c := range compared(t, old, asJSON(t, nullable)) {
		t.Errorf("%s: %s", short(c), c.Text)
	}
	// 3.0 has no words for scopes of a bearer token.
	if changes := compared(t, strings.Replace(old, "Auth: [write]", "Auth: []", 1), shop); len(changes) != 1 || changes[0].ID == "security-scope-added" {
		t.Errorf("changes are %v", changes)
	}
	changed := asJSON(t, edit(t, shop, "maximum: 100", "maximum: 50"))
	changes := compared(t, old, changed)
	for _, c := range changes {
		if c.ID != "request-parameter-max-decreased" {
			continue
		}
		if c.Old == nil || c.New == nil {
			t.Fatalf("places are %v and %v", c.Old, c.New)
		}
		if line := strings.Split(old, "\n")[c.Old.Line-1]; !strings.Contains(line, "maximum: 100") {
			t.Errorf("the old place is %q", line)
		}
		if line := strings.Split(changed, "\n")[c.New.Line-1]; !strings.Contains(line, `"maximum": 50`) {
			t.Errorf("the new place is %q", line)
		}
		return
	}
	t.Errorf("changes are %v", changes)
}

// JSON that is no YAML is compared without places.
func TestJSONAlone(t *testing.T) {
	doc := asJSON(t, shop)
	odd := strings.Replace(doc, "List lists.", `\ud83d\ude00`, 1)
	if odd == doc {
		t.Fatal("nothing was replaced")
	}
	if changes := compared(t, odd, strings.Replace(odd, `"maximum": 100`, `"maximum": 50`, 1)); len(changes) != 1 || changes[0].ID != "request-parameter-max-decreased" {
		t.Errorf("changes are %v", changes)
	}
}

// aliases is a document of a few lines that stands for 10^9 members.
func aliases() string {
	text := "openapi: 3.1.1\ninfo: {title: T, version: \"1\"}\nx-a0: &a0 [" + strings.Repeat("x,", 9) + "x]\n"
	for i := 1; i < 9; i++ {
		text += fmt.Sprintf("x-a%d: &a%d [%s]\n", i, i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10))
	}
	return text + "paths: {}\n"
}

func TestFailures(t *testing.T) {
	for _, test := range []struct{ name, doc, want string }{
		{"empty", "", "no OpenAPI document"},
		{"text", "hello", "no OpenAPI document"},
		{"list", "[1, 2]", "no OpenAPI document"},
		{"other", "name: x\n", `expected a member openapi at its top`},
		{"broken", "openapi: 3.1.1\npaths:\n  /x: [\n", "line 3: this is neither YAML nor JSON"},
		{"broken JSON", `{"openapi": "3.1.1",`, "this is neither YAML nor JSON"},
		{"deep JSON", `{"openapi": "3.1.1", "x-a": ` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "}", "exceeded max depth"},
		{"aliases", aliases(), "excessive aliasing"},
		{"swagger", "swagger: \"2.0\"\npaths: {}\n", "it is Swagger 2.0"},
		{"version", "openapi: 4.0.0\n", `OpenAPI version "4.0.0": expected 3.0 or 3.1`},
		{"binary", "\xff\xfe\x00", "no text in UTF-8"},
		{"paths", "openapi: 3.1.1\npaths: 3\n", "cannot be understood"},
		{"reference", edit(t, shop, "schema: {$ref: '#/components/schemas/Order'}", "schema: {$ref: '#/components/schemas/Nobody'}"), "Nobody"},
		{"giant", "openapi: 3.1.1\n#" + strings.Repeat("x", MaxBytes), "more than 32 MiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Compare(write(t, "old.yaml", shop), write(t, "new.yaml", test.doc))
			failure := (*Failure)(nil)
			if !errors.As(err, &failure) || !strings.Contains(err.Error(), test.want) || failure.Side != New {
				t.Errorf("got %v, want %q of the new document", err, test.want)
			}
			if _, err := Compare(write(t, "old.yaml", test.doc), write(t, "new.yaml", shop)); !errors.As(err, &failure) || failure.Side != Old {
				t.Errorf("got %v, want a failure of the old document", err)
			}
		})
	}
	if _, err := Compare(Source{File: filepath.Join(t.TempDir(), "none.yaml")}, write(t, "new.yaml", shop)); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("got %v of a missing file", err)
	}
	if _, err := Compare(Source{File: t.TempDir()}, write(t, "new.yaml", shop)); err == nil || !strings.Contains(err.Error(), "it is a folder") {
		t.Errorf("got %v of a folder", err)
	}
}

// A document refers to files of its folder and to nothing else.
func TestReferences(t *testing.T) {
	fetched := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched = true
		_, _ = w.Write([]byte("Order: {type: object}\n"))
	}))
	defer server.Close()
	dir := t.TempDir()
	folder := filepath.Join(dir, "api")
	if err := os.MkdirAll(filepath.Join(folder, "parts"), 0o755); err != nil {
		t.Fatal(err)
	}
	part := "Order:\n  type: object\n  properties:\n    id: {type: string, maxLength: 5}\n"
	for _, file := range []string{filepath.Join(dir, "outside.yaml"), filepath.Join(folder, "parts", "order.yaml")} {
		if err := os.WriteFile(file, []byte(part), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "outside.yaml"), filepath.Join(folder, "link.yaml")); err != nil {
		t.Logf("no links here: %v", err)
	}
	refer := func(ref string) Source {
		doc := edit(t, shop, "schema: {$ref: '#/components/schemas/NewOrder'}", "schema: {$ref: '"+ref+"'}")
		file := filepath.Join(folder, "openapi.yaml")
		if err := os.WriteFile(file, []byte(doc), 0o600); err != nil {
			t.Fatal(err)
		}
		return Source{File: file}
	}
	for _, ref := range []string{
		server.URL + "/order.yaml#/Order", "//" + strings.TrimPrefix(server.URL, "http://") + "/order.yaml#/Order",
		"../outside.yaml#/Order", filepath.ToSlash(dir) + "/outside.yaml#/Order", "file://" + filepath.ToSlash(dir) + "/outside.yaml#/Order",
		"link.yaml#/Order", "none.yaml#/Order",
	} {
		if _, err := Compare(refer(ref), write(t, "new.yaml", shop)); err == nil || !strings.Contains(err.Error(), "it refers to ") {
			t.Errorf("%s: got %v", ref, err)
		}
	}
	if fetched {
		t.Error("a document was fetched")
	}
	old := refer("parts/order.yaml#/Order")
	if _, err := Compare(Source{File: old.File, Alone: true}, old); err == nil {
		t.Error("a document that stands alone referred to a file")
	}
	if _, err := Compare(Source{File: write(t, "old.yaml", shop).File, Alone: true}, old); err != nil {
		t.Errorf("a document that stands alone: %v", err)
	}
	report, err := Compare(old, write(t, "new.yaml", shop))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Changes {
		if c.ID == "request-property-removed" && c.Old != nil && c.Old.File == "parts/order.yaml" && c.Old.Line == 4 {
			return
		}
	}
	t.Errorf("no change has a place in the file referred to: %v", report.Changes)
}
