package annotate

import "slices"

// Schema lists all directives. It drives the parser, `apigen help` and
// docs/directives.md.
var Schema = []Spec{
	{
		Name:    "service",
		Targets: []Target{TargetPackage},
		On:      "the package comment",
		Keys:    slices.Concat(serviceKeys, sharedKeys("jwt", "timeout", "maxBytes", "unknown", "nulls"), laterServiceKeys),
		Sample:  "title=Shop version=1.2 prefix=/v1",
		Doc:     "Describes the service and sets what all its servers start from.",
	},
	{
		Name:    "server",
		Targets: []Target{TargetType},
		On:      "a struct or interface type",
		Keys:    serverKeys,
		Merge:   true,
		Sample:  "prefix=/user jwt=Auth timeout=3s",
		Doc:     "Makes a type's methods serve routes. Several lines on one type count as one. The keys count for all its routes.",
	},
	{
		Name:    "route",
		Targets: []Target{TargetMethod},
		On:      "a method of a server type",
		Positional: []Key{
			{Name: "method", Type: Method, Sample: "POST", Doc: "HTTP method in capitals."},
			{Name: "path", Type: Path, Sample: "/login", Doc: "Path with variables as `{name}`, at its end also `{rest...}`; a trailing slash matches exactly that path. The prefixes of the service and the server stand before it."},
		},
		Keys:       slices.Concat(serverKeys, routeKeys),
		Repeatable: true,
		Sample:     "POST /login",
		Doc:        "Serves a method under a path. A second line on the same method needs `id=`.",
	},
	{
		Name:    "error",
		Targets: []Target{TargetMethod, TargetType},
		On:      "a route's method or a server type",
		Positional: []Key{
			{Name: "status", Type: Status, Min: 400, Max: 599, Sample: "404", Doc: "HTTP status, 400 to 599."},
			{Name: "error", Type: ErrorRef, Optional: true, Sample: "ErrNotFound", Doc: "Variable (matched as `errors.Is` does) or type (as `errors.As` does). Without it the line documents the status."},
		},
		Keys:       errorKeys,
		Repeatable: true,
		Sample:     "404 ErrNotFound",
		Doc:        "Declares an error that is answered with a status. Lines of the method come before lines of the server; the first match counts.",
	},
	{
		Name:    "claims",
		Targets: []Target{TargetType},
		On:      "a struct type",
		Positional: []Key{
			{Name: "scheme", Type: Exported, Sample: "Auth", Doc: "Name of the scheme whose tokens carry these claims."},
		},
		Keys:   claimsKeys,
		Sample: "Auth",
		Doc:    "Makes a struct the claims of a scheme. It embeds `auth.Claims`.",
	},
	{
		Name:    "problem",
		Targets: []Target{TargetType},
		On:      "a struct type",
		Doc:     "Makes a struct the body of every error. Its method `FromProblem(context.Context, *runtime.Problem)` fills it.",
	},
	{
		Name:    "envelope",
		Targets: []Target{TargetType},
		On:      "a generic struct type with one type parameter",
		Doc:     "Writes every JSON answer inside the field of type T of a struct `E[T any]`; its other members come from their `default:` tags.",
	},
	{
		Name:    "enum",
		Targets: []Target{TargetType},
		On:      "a named type with constants",
		Positional: []Key{
			{Name: "mode", Type: Enum, Values: []string{"open"}, Sample: "open", Doc: "`open` accepts values that are no constant of the type."},
		},
		Sample: "open",
		Doc:    "Tells how an enum treats unknown values.",
	},
	{
		Name:    "tokens",
		Targets: []Target{TargetType},
		On:      "a server type",
		Positional: []Key{
			{Name: "scheme", Type: Exported, Sample: "Auth", Doc: "Name of the scheme."},
		},
		Later:  true,
		Sample: "Auth",
		Doc:    "Mounts refresh, logout and the key set of a scheme.",
	},
	{Name: "union", Targets: []Target{TargetType}, On: "an interface type", Later: true, Doc: "Makes a sealed interface a union of its variants."},
	{Name: "variant", Targets: []Target{TargetType}, On: "a type", Later: true, Doc: "Makes a type a variant of a union."},
	{Name: "schema", Targets: []Target{TargetType}, On: "a type", Later: true, Doc: "Declares the schema of a type with its own JSON."},
	{Name: "credential", Targets: []Target{TargetType}, On: "a type", Later: true, Doc: "Declares API keys and basic authentication beside JWT."},
}
