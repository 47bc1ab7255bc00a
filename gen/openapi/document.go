package openapi

import "encoding/json"

// The types below are the objects of the OpenAPI Specification 3.1 that the
// generator writes, their members in the order in which people read them.

type document struct {
	Marker     string            `json:"x-generated,omitempty"` // of JSON, which has no comments
	OpenAPI    string            `json:"openapi"`
	Info       info              `json:"info"`
	Servers    []server          `json:"servers"`
	Tags       []tag             `json:"tags,omitempty"`
	Paths      ordered[pathItem] `json:"paths"`
	Components components        `json:"components,omitzero"`
}

type info struct {
	Title       string   `json:"title"`
	Version     string   `json:"version"`
	Description string   `json:"description,omitempty"`
	Terms       string   `json:"termsOfService,omitempty"`
	Contact     *contact `json:"contact,omitempty"`
	License     *license `json:"license,omitempty"`
}

type contact struct {
	Email string `json:"email,omitempty"`
	URL   string `json:"url,omitempty"`
}

type license struct {
	Name       string `json:"name"`
	Identifier string `json:"identifier,omitempty"`
}

type server struct {
	URL string `json:"url"`
}

type tag struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

type components struct {
	Schemas         ordered[*schema]        `json:"schemas,omitzero"`
	Responses       ordered[*response]      `json:"responses,omitzero"`
	SecuritySchemes ordered[securityScheme] `json:"securitySchemes,omitzero"`
}

// pathItem holds operations by method in lower case.
type pathItem = *ordered[*operation]

type operation struct {
	Tags        []string           `json:"tags,omitempty"`
	Summary     string             `json:"summary,omitempty"`
	Description string             `json:"description,omitempty"`
	OperationID string             `json:"operationId"`
	Deprecated  bool               `json:"deprecated,omitempty"`
	Security    []requirement      `json:"security"`
	Parameters  []*parameter       `json:"parameters,omitempty"`
	RequestBody *requestBody       `json:"requestBody,omitempty"`
	Responses   ordered[*response] `json:"responses"`
}

// requirement holds one alternative: scopes by the name of the scheme.
type requirement = ordered[[]string]

type parameter struct {
	Name        string          `json:"name"`
	In          string          `json:"in"`
	Description string          `json:"description,omitempty"`
	Required    bool            `json:"required,omitempty"`
	Deprecated  bool            `json:"deprecated,omitempty"`
	Style       string          `json:"style,omitempty"`
	Explode     *bool           `json:"explode,omitempty"`
	Schema      *schema         `json:"schema"`
	Example     json.RawMessage `json:"example,omitempty"`
}

type requestBody struct {
	Description string             `json:"description,omitempty"`
	Required    bool               `json:"required,omitempty"`
	Content     ordered[mediaType] `json:"content"`
}

type mediaType struct {
	Schema   *schema          `json:"schema,omitempty"`
	Examples ordered[example] `json:"examples,omitzero"`
}

type example struct {
	Summary string          `json:"summary,omitempty"`
	Value   json.RawMessage `json:"value"`
}

type response struct {
	Ref         string             `json:"$ref,omitempty"`
	Description string             `json:"description,omitempty"`
	Headers     ordered[header]    `json:"headers,omitzero"`
	Content     ordered[mediaType] `json:"content,omitzero"`
}

type header struct {
	Description string  `json:"description,omitempty"`
	Required    bool    `json:"required,omitempty"`
	Deprecated  bool    `json:"deprecated,omitempty"`
	Schema      *schema `json:"schema"`
}

type securityScheme struct {
	Type         string `json:"type"`
	Description  string `json:"description,omitempty"`
	Name         string `json:"name,omitempty"`
	In           string `json:"in,omitempty"`
	Scheme       string `json:"scheme,omitempty"`
	BearerFormat string `json:"bearerFormat,omitempty"`
}
