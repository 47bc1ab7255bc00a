package diff

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shop is the document that the tests change.
const shop = `openapi: "3.1.1"
info:
  title: Shop
  version: "1.0.0"
paths:
  /orders:
    get:
      description: List lists.
      operationId: list
      security: []
      parameters:
        - name: limit
          in: query
          schema: {type: integer, maximum: 100}
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
        "202":
          description: Later
    post:
      operationId: create
      security:
        - Auth: [write]
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/NewOrder'}
      responses:
        "201":
          description: Created
  /orders/{id}:
    delete:
      operationId: remove
      security:
        - Auth: []
      parameters:
        - name: id
          in: path
          required: true
          schema: {type: string}
      responses:
        "204":
          description: Gone
components:
  schemas:
    Order:
      type: object
      properties:
        id: {type: string}
        total: {type: integer}
        state: {type: string, enum: [open, paid]}
      required: [id, total]
    NewOrder:
      type: object
      properties:
        item: {type: string, maxLength: 64}
        size: {type: string, enum: [s, m, l]}
        lines:
          type: array
          items:
            type: object
            properties:
              count: {type: integer, maximum: 9}
      required: [item]
  securitySchemes:
    Auth: {type: http, scheme: bearer}
    Key: {type: apiKey, in: header, name: X-Key}
`

// edit replaces what stands in the document once.
func edit(t *testing.T, doc string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(doc, pairs[i]) != 1 {
			t.Fatalf("%q is in the document %d times, want once", pairs[i], strings.Count(doc, pairs[i]))
		}
		doc = strings.Replace(doc, pairs[i], pairs[i+1], 1)
	}
	return doc
}

// write makes a document of a folder of its own.
func write(t *testing.T, name, content string) Source {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return Source{File: file}
}

func compared(t *testing.T, old, revised string) []Change {
	t.Helper()
	report, err := Compare(write(t, "old.yaml", old), write(t, "new.yaml", revised))
	if err != nil {
		t.Fatal(err)
	}
	if report.Protocol != Protocol {
		t.Errorf("protocol is %d", report.Protocol)
	}
	return report.Changes
}

// short is a change as the tests write it.
func short(c Change) string {
	text := string(c.Level) + " " + c.ID + " " + c.Method + " " + c.Path
	if c.Subject != nil {
		text += " " + c.Subject.In + ":" + c.Subject.Name
	}
	return text
}

func TestChanges(t *testing.T) {
	for _, test := range []struct {
		name  string
		edits []string
		want  []string
	}{
		{"description", []string{"List lists.", "List tells of all."}, nil},
		{"version", []string{`version: "1.0.0"`, `version: "1.1.0"`}, nil},
		{
			"operation removed",
			[]string{"    delete:\n      operationId: remove", "    put:\n      operationId: remove"},
			[]string{"breaking api-removed-without-deprecation DELETE /orders/{id}", "compatible endpoint-added PUT /orders/{id}"},
		},
		{
			"path removed",
			[]string{"  /orders/{id}:", "  /orders/{id}/all:"},
			[]string{"breaking api-path-removed-without-deprecation DELETE /orders/{id}", "compatible endpoint-added DELETE /orders/{id}/all"},
		},
		{
			"response property removed",
			[]string{"        total: {type: integer}\n", "", "required: [id, total]", "required: [id]"},
			[]string{"breaking response-required-property-removed GET /orders response:total"},
		},
		{
			"response property optional",
			[]string{"required: [id, total]", "required: [id]"},
			[]string{"breaking response-property-became-optional GET /orders response:total"},
		},
		{
			"response property added",
			[]string{"        total: {type: integer}\n", "        total: {type: integer}\n        note: {type: string}\n"},
			[]string{"compatible response-optional-property-added GET /orders response:note"},
		},
		{
			"required member added",
			[]string{"        item: {", "        to: {type: string}\n        item: {", "required: [item]", "required: [item, to]"},
			[]string{"breaking new-required-request-property POST /orders request:to"},
		},
		{
			"optional member added",
			[]string{"        item: {", "        to: {type: string}\n        item: {"},
			[]string{"compatible new-optional-request-property POST /orders request:to"},
		},
		{
			"type changed",
			[]string{"total: {type: integer}", "total: {type: string}"},
			[]string{"breaking response-property-type-changed GET /orders response:total"},
		},
		{
			"type of request changed",
			[]string{"item: {type: string, maxLength: 64}", "item: {type: boolean}"},
			[]string{
				"breaking request-property-type-changed POST /orders request:item",
				"compatible request-property-max-length-unset POST /orders request:item",
			},
		},
		{
			"enum value removed from request",
			[]string{"enum: [s, m, l]", "enum: [s, m]"},
			[]string{"breaking request-property-enum-value-removed POST /orders request:size"},
		},
		{
			"enum value added to request",
			[]string{"enum: [s, m, l]", "enum: [s, m, l, xl]"},
			[]string{"compatible request-property-enum-value-added POST /orders request:size"},
		},
		{
			"enum value removed from response",
			[]string{"enum: [open, paid]", "enum: [open]"},
			[]string{"compatible response-property-enum-value-removed GET /orders response:state"},
		},
		{
			"enum value added to response",
			[]string{"enum: [open, paid]", "enum: [open, paid, sent]"},
			[]string{"breaking response-property-enum-value-added GET /orders response:state"},
		},
		{
			"max lowered",
			[]string{"maximum: 100", "maximum: 50"},
			[]string{"breaking request-parameter-max-decreased GET /orders query:limit"},
		},
		{
			"max raised",
			[]string{"maximum: 100", "maximum: 500"},
			[]string{"compatible request-parameter-max-increased GET /orders query:limit"},
		},
		{
			"max of an element lowered",
			[]string{"maximum: 9}", "maximum: 8}"},
			[]string{"breaking request-property-max-decreased POST /orders request:lines/items/count"},
		},
		{
			"maxLength lowered",
			[]string{"maxLength: 64", "maxLength: 32"},
			[]string{"breaking request-property-max-length-decreased POST /orders request:item"},
		},
		{
			"security added",
			[]string{"security: []", "security: [{Auth: []}]"},
			[]string{"breaking security-required GET /orders"},
		},
		{
			"security gone",
			[]string{"        - Auth: [write]", "        - {}"},
			[]string{"compatible security-open POST /orders"},
		},
		{
			"scope added",
			[]string{"Auth: [write]", "Auth: [write, admin]"},
			[]string{"breaking security-scope-added POST /orders"},
		},
		{
			"scope removed",
			[]string{"Auth: [write]", "Auth: []"},
			[]string{"compatible security-scope-removed POST /orders"},
		},
		{
			"another scheme",
			[]string{"Auth: [write]", "Key: []"},
			[]string{"breaking security-removed POST /orders", "compatible security-added POST /orders"},
		},
		{
			"one more scheme",
			[]string{"        - Auth: [write]", "        - Auth: [write]\n        - Key: []"},
			[]string{"compatible security-added POST /orders"},
		},
		{
			"scheme changed",
			[]string{"Auth: {type: http, scheme: bearer}", "Auth: {type: apiKey, in: header, name: X-Token}"},
			[]string{
				"breaking security-scheme-changed POST /orders",
				"breaking security-scheme-changed DELETE /orders/{id}",
			},
		},
		{
			"status removed",
			[]string{"        \"202\":\n          description: Later\n", ""},
			[]string{"breaking response-success-status-removed GET /orders"},
		},
		{
			"optional parameter added",
			[]string{"      parameters:\n        - name: limit", "      parameters:\n        - name: page\n          in: query\n          schema: {type: string}\n        - name: limit"},
			[]string{"compatible new-optional-request-parameter GET /orders query:page"},
		},
		{
			"required parameter added",
			[]string{"      parameters:\n        - name: limit", "      parameters:\n        - name: page\n          in: query\n          required: true\n          schema: {type: string}\n        - name: limit"},
			[]string{"breaking new-required-request-parameter GET /orders query:page"},
		},
		{
			"parameter removed",
			[]string{"      parameters:\n        - name: limit\n          in: query\n          schema: {type: integer, maximum: 100}\n", ""},
			[]string{"warning request-parameter-removed GET /orders query:limit"},
		},
		{
			"deprecated",
			[]string{"operationId: list\n", "operationId: list\n      deprecated: true\n"},
			[]string{"compatible endpoint-deprecated GET /orders"},
		},
		{
			"parameter of a whole path",
			[]string{
				"      parameters:\n        - name: id\n          in: path\n          required: true\n          schema: {type: string}\n", "",
				"  /orders/{id}:\n", "  /orders/{id}:\n    parameters:\n      - name: id\n        in: path\n        required: true\n        schema: {type: string}\n",
			},
			nil,
		},
		{
			"name of a path variable",
			[]string{"/orders/{id}", "/orders/{order}", "name: id", "name: order"},
			nil,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, c := range compared(t, shop, edit(t, shop, test.edits...)) {
				if c.Section == "components" {
					continue
				}
				got = append(got, short(c))
				if c.Text == "" || strings.ContainsAny(c.Text, "\r\n") || strings.Contains(c.Text, "MISSING") {
					t.Errorf("%s says %q", short(c), c.Text)
				}
				if c.Old == nil && c.New == nil {
					t.Errorf("%s has no place", short(c))
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"))
			}
		})
	}
}

// What was announced may happen.
func TestAnnounced(t *testing.T) {
	old := edit(t, shop, "operationId: remove\n", "operationId: remove\n      deprecated: true\n",
		"state: {type: string, enum: [open, paid]}", "state: {type: string, x-extensible-enum: [open, paid]}")
	for _, test := range []struct {
		edits []string
		want  string
	}{
		{[]string{"  /orders/{id}:", "  /orders/{id}/all:"}, "compatible api-path-removed-with-deprecation DELETE /orders/{id}"},
		{[]string{"x-extensible-enum: [open, paid]", "x-extensible-enum: [open, paid, sent]"}, ""},
	} {
		changes := compared(t, old, edit(t, old, test.edits...))
		if len(changes) == 0 && test.want == "" {
			continue
		}
		if len(changes) == 0 || short(changes[0]) != test.want {
			t.Errorf("got %v, want %s", changes, test.want)
		}
	}
}

// Numbers are written as in the documents, and what was taken from them stays in
// one line.
func TestTexts(t *testing.T) {
	for _, test := range []struct {
		edits []string
		want  string
	}{
		{[]string{"maximum: 100", "maximum: 50"}, "for the `query` request parameter `limit`, the max was decreased from `100` to `50`"},
		{[]string{"maximum: 100", "maximum: 0.125"}, "for the `query` request parameter `limit`, the max was decreased from `100` to `0.125`"},
		{[]string{"enum: [s, m, l]", `enum: [s, m, l, "a\nb"]`}, "added the new `a b` enum value to the request property `size`"},
		{[]string{"Auth: [write]", "Auth: [write, admin]"}, "callers with `Auth` (write) are refused: `Auth` (admin, write) is needed now"},
		{[]string{"Auth: [write]", "Auth: []"}, "`Auth` is enough now, which is fewer scopes"},
		{[]string{"Auth: [write]", "Key: []"}, "callers with `Auth` (write) are refused: `Key` is needed now"},
		{[]string{"security: []", "security: [{Auth: []}, {Key: []}]"}, "callers need a credential now: `Auth` or `Key`"},
	} {
		changes := compared(t, shop, edit(t, shop, test.edits...))
		if len(changes) == 0 || changes[0].Text != test.want {
			t.Errorf("got %v, want %s", changes, test.want)
		}
	}
}
