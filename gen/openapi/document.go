package openapi

import "github.com/go-json-experiment/json/jsontext"

// The types below are the objects of the OpenAPI Specification 3.1 that the
// generator writes, their members in the order in which people read them.

type document struct {
	Marker     string            `json:"x-generated,omitzero"` // of JSON, which has no comments
	OpenAPI    string            `json:"openapi"`
	Info       info              `json:"info"`
	Servers    []server          `json:"servers"`
	Tags       []tag             `json:"tags,omitzero"`
	Paths      ordered[pathItem] `json:"paths"`
	Components components        `json:"components,omitzero"`
}

type info struct {
	Title       string   `json:"title"`
	Version     string   `json:"version"`
	Description string   `json:"description,omitzero"`
	Terms       string   `json:"termsOfService,omitzero"`
	Contact     *contact `json:"contact,omitzero"`
	License     *license `json:"license,omitzero"`
}

type contact struct {
	Email string `json:"email,omitzero"`
	URL   string `json:"url,omitzero"`
}

type license struct {
	Name       string `json:"name"`
	Identifier string `json:"identifier,omitzero"`
	URL        string `json:"url,omitzero"` // 3.0 alone
}

type server struct {
	URL string `json:"url"`
}

type tag struct {
	Name        string `json:"name"`
	Description string `json:"description,omitzero"`
}

type components struct {
	Schemas         ordered[*schema]        `json:"schemas,omitzero"`
	Responses       ordered[*response]      `json:"responses,omitzero"`
	SecuritySchemes ordered[securityScheme] `json:"securitySchemes,omitzero"`
}

// pathItem holds operations by method in lower case.
type pathItem = *ordered[*operation]

type operation struct {
	Tags        []string           `json:"tags,omitzero"`
	Summary     string             `json:"summary,omitzero"`
	Description string             `json:"description,omitzero"`
	OperationID string             `json:"operationId"`
	Deprecated  bool               `json:"deprecated,omitzero"`
	Security    []requirement      `json:"security"`
	Parameters  []*parameter       `json:"parameters,omitzero"`
	RequestBody *requestBody       `json:"requestBody,omitzero"`
	Responses   ordered[*response] `json:"responses"`
}

// requirement holds one alternative: scopes by the name of the scheme.
type requirement = ordered[[]string]

type parameter struct {
	Name        string         `json:"name"`
	In          string         `json:"in"`
	Description string         `json:"description,omitzero"`
	Required    bool           `json:"required,omitzero"`
	Deprecated  bool           `json:"deprecated,omitzero"`
	Style       string         `json:"style,omitzero"`
	Explode     *bool          `json:"explode,omitzero"`
	Schema      *schema        `json:"schema"`
	Example     jsontext.Value `json:"example,omitzero"`
}

type requestBody struct {
	Description string             `json:"description,omitzero"`
	Required    bool               `json:"required,omitzero"`
	Content     ordered[mediaType] `json:"content"`
}

type mediaType struct {
	Schema   *schema          `json:"schema,omitzero"`
	Examples ordered[example] `json:"examples,omitzero"`
}

type example struct {
	Summary string         `json:"summary,omitzero"`
	Value   jsontext.Value `json:"value"`
}

type response struct {
	Ref         string             `json:"$ref,omitzero"`
	Description string             `json:"description,omitzero"`
	Headers     ordered[header]    `json:"headers,omitzero"`
	Content     ordered[mediaType] `json:"content,omitzero"`
}

type header struct {
	Description string  `json:"description,omitzero"`
	Required    bool    `json:"required,omitzero"`
	Deprecated  bool    `json:"deprecated,omitzero"`
	Schema      *schema `json:"schema"`
}

type securityScheme struct {
	Type         string `json:"type"`
	Description  string `json:"description,omitzero"`
	Name         string `json:"name,omitzero"`
	In           string `json:"in,omitzero"`
	Scheme       string `json:"scheme,omitzero"`
	BearerFormat string `json:"bearerFormat,omitzero"`
}
