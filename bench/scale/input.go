package scale

import (
	"fmt"
	"strings"
)

// The API has n routes of one shape: a path parameter, a body of six members
// with a nested type and a list, an answer of five members.

// routesAFile is how many routes stand in one source file.
const routesAFile = 50

// files is what a generator reads, by name.
type files map[string]string

// goFiles cuts n routes into files.
func goFiles(n int, name, head string, route func(b *strings.Builder, i int)) files {
	out := files{}
	for from := 0; from < n; from += routesAFile {
		var b strings.Builder
		b.WriteString(head)
		for i := from; i < min(from+routesAFile, n); i++ {
			route(&b, i)
		}
		out[fmt.Sprintf("%s%d.go", name, from/routesAFile)] = b.String()
	}
	return out
}

// apigenInput is the API as annotated Go.
func apigenInput(n int) files {
	out := goFiles(n, "items", "package api\n\nimport (\n\t\"context\"\n\t\"time\"\n)\n", func(b *strings.Builder, i int) {
		fmt.Fprintf(b, `
// Item%[1]dReq changes item %[1]d.
type Item%[1]dReq struct {
	ID      int64    `+"`path:\"id\"`"+`
	Name    string   `+"`json:\"name\" validate:\"min=1,max=64\"`"+`
	Email   string   `+"`json:\"email\" validate:\"email\"`"+`
	Age     int      `+"`json:\"age\" validate:\"min=0,max=150\"`"+`
	Active  bool     `+"`json:\"active\"`"+`
	Address Address  `+"`json:\"address\"`"+`
	Tags    []string `+"`json:\"tags\" validate:\"max=10\"`"+`
}

// Item%[1]dResp is item %[1]d.
type Item%[1]dResp struct {
	ID      int64     `+"`json:\"id\"`"+`
	Name    string    `+"`json:\"name\"`"+`
	Created time.Time `+"`json:\"created\"`"+`
	Score   float64   `+"`json:\"score\"`"+`
	Tags    []string  `+"`json:\"tags\"`"+`
}

// Item%[1]d changes item %[1]d.
//
//api:route POST /items%[1]d/{id}
func (*Items) Item%[1]d(ctx context.Context, req *Item%[1]dReq) (*Item%[1]dResp, error) {
	return &Item%[1]dResp{ID: req.ID, Name: req.Name, Created: time.Unix(0, 0), Tags: req.Tags}, nil
}
`, i)
	})
	out["api.go"] = `package api

// Items serves all of them.
//
//api:server prefix=/v1
type Items struct{}

// Address is where somebody lives.
type Address struct {
	Street string ` + "`json:\"street\" validate:\"max=80\"`" + `
	City   string ` + "`json:\"city\"`" + `
	Zip    string ` + "`json:\"zip\" validate:\"len=5\"`" + `
}
`
	return out
}

// manyInput is a module of packages of which some have routes, ten each; each
// package imports the one before, and all are of some size.
func manyInput(packages, annotated int) files {
	out := files{}
	for i := range packages {
		dir := fmt.Sprintf("p%03d/", i)
		imports, use := "", ""
		if i > 0 {
			imports = fmt.Sprintf("import before \"scale.example/p%03d\"\n\n", i-1)
			use = "\tbefore.Thing\n"
		}
		var b strings.Builder
		fmt.Fprintf(&b, "// Package p%03[1]d is one of many.\npackage p%03[1]d\n\n%[2]s// Thing is passed on.\ntype Thing struct {\n%[3]s\tName string\n}\n", i, imports, use)
		for k := range 100 {
			fmt.Fprintf(&b, "\n// F%[1]d counts.\nfunc F%[1]d(n int) int {\n\tsum := 0\n\tfor i := range n {\n\t\tsum += i * %[1]d\n\t}\n\treturn sum\n}\n", k)
		}
		out[dir+"p.go"] = b.String()
		if step := packages / annotated; i%step != 0 || i/step >= annotated {
			continue
		}
		for name, text := range apigenInput(10) {
			text = strings.Replace(text, "package api\n", fmt.Sprintf("package p%03d\n", i), 1)
			text = strings.ReplaceAll(text, "prefix=/v1", fmt.Sprintf("prefix=/p%d", i))
			out[dir+name] = text
		}
	}
	return out
}

// swagInput is the API as handlers with the comments of swag.
func swagInput(n int) files {
	out := goFiles(n, "items", "package main\n\nimport (\n\t\"net/http\"\n\t\"time\"\n)\n", func(b *strings.Builder, i int) {
		fmt.Fprintf(b, `
// Item%[1]dReq changes item %[1]d.
type Item%[1]dReq struct {
	Name    string   `+"`json:\"name\" validate:\"required\" minLength:\"1\" maxLength:\"64\"`"+`
	Email   string   `+"`json:\"email\" validate:\"required\" format:\"email\"`"+`
	Age     int      `+"`json:\"age\" validate:\"required\" minimum:\"0\" maximum:\"150\"`"+`
	Active  bool     `+"`json:\"active\" validate:\"required\"`"+`
	Address Address  `+"`json:\"address\" validate:\"required\"`"+`
	Tags    []string `+"`json:\"tags\" validate:\"required\"`"+`
}

// Item%[1]dResp is item %[1]d.
type Item%[1]dResp struct {
	ID      int64     `+"`json:\"id\"`"+`
	Name    string    `+"`json:\"name\"`"+`
	Created time.Time `+"`json:\"created\"`"+`
	Score   float64   `+"`json:\"score\"`"+`
	Tags    []string  `+"`json:\"tags\"`"+`
}

// Item%[1]d changes item %[1]d.
// @Summary changes item %[1]d
// @Accept  json
// @Produce json
// @Param   id   path int         true "number"
// @Param   body body Item%[1]dReq true "what changes"
// @Success 200 {object} Item%[1]dResp
// @Router  /items%[1]d/{id} [post]
func Item%[1]d(w http.ResponseWriter, r *http.Request) {}
`, i)
	})
	out["main.go"] = `// Package main has many routes.
package main

// Address is where somebody lives.
type Address struct {
	Street string ` + "`json:\"street\" validate:\"required\" maxLength:\"80\"`" + `
	City   string ` + "`json:\"city\" validate:\"required\"`" + `
	Zip    string ` + "`json:\"zip\" validate:\"required\"`" + `
}

// @title    Items
// @version  1.0
// @BasePath /v1
func main() {}
`
	out["go.mod"] = "module swag.example\n\ngo 1.26\n"
	return out
}

// goctlInput is the API in the language of go-zero.
func goctlInput(n int) files {
	var b strings.Builder
	b.WriteString(`syntax = "v1"

type Address {
	Street string ` + "`json:\"street\"`" + `
	City   string ` + "`json:\"city\"`" + `
	Zip    string ` + "`json:\"zip\"`" + `
}
`)
	for i := range n {
		fmt.Fprintf(&b, `
type Item%[1]dReq {
	ID      int64    `+"`path:\"id\"`"+`
	Name    string   `+"`json:\"name\"`"+`
	Email   string   `+"`json:\"email\"`"+`
	Age     int      `+"`json:\"age,range=[0:150]\"`"+`
	Active  bool     `+"`json:\"active\"`"+`
	Address Address  `+"`json:\"address\"`"+`
	Tags    []string `+"`json:\"tags\"`"+`
}

type Item%[1]dResp {
	ID      int64    `+"`json:\"id\"`"+`
	Name    string   `+"`json:\"name\"`"+`
	Created string   `+"`json:\"created\"`"+`
	Score   float64  `+"`json:\"score\"`"+`
	Tags    []string `+"`json:\"tags\"`"+`
}
`, i)
	}
	b.WriteString("\n@server (\n\tprefix: /v1\n)\nservice items-api {\n")
	for i := range n {
		fmt.Fprintf(&b, "\t@handler Item%[1]d\n\tpost /items%[1]d/:id (Item%[1]dReq) returns (Item%[1]dResp)\n\n", i)
	}
	b.WriteString("}\n")
	return files{"items.api": b.String()}
}

// openapiInput is the API as an OpenAPI document.
func openapiInput(n int) files {
	var paths, schemas strings.Builder
	for i := range n {
		fmt.Fprintf(&paths, `  /v1/items%[1]d/{id}:
    post:
      operationId: item%[1]d
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, format: int64}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Item%[1]dReq'}}}
      responses:
        '200':
          description: the item
          content: {application/json: {schema: {$ref: '#/components/schemas/Item%[1]dResp'}}}
`, i)
		fmt.Fprintf(&schemas, `    Item%[1]dReq:
      type: object
      required: [name, email, age, active, address, tags]
      properties:
        name: {type: string, minLength: 1, maxLength: 64}
        email: {type: string, format: email}
        age: {type: integer, minimum: 0, maximum: 150}
        active: {type: boolean}
        address: {$ref: '#/components/schemas/Address'}
        tags: {type: array, maxItems: 10, items: {type: string}}
    Item%[1]dResp:
      type: object
      required: [id, name, created, score, tags]
      properties:
        id: {type: integer, format: int64}
        name: {type: string}
        created: {type: string, format: date-time}
        score: {type: number, format: double}
        tags: {type: array, items: {type: string}}
`, i)
	}
	head := "openapi: 3.0.3\ninfo: {title: items, version: '1'}\npaths:\n"
	address := `    Address:
      type: object
      required: [street, city, zip]
      properties:
        street: {type: string, maxLength: 80}
        city: {type: string}
        zip: {type: string, minLength: 5, maxLength: 5}
`
	return files{
		"openapi.yaml": head + paths.String() + "components:\n  schemas:\n" + schemas.String() + address,
		"go.mod":       "module openapi.example\n\ngo 1.26\n",
	}
}
