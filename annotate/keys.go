package annotate

var serviceKeys = []Key{
	{Name: "name", Type: Word, Sample: "shop", Doc: "Short name of the service; the package name is the default."},
	{Name: "title", Type: String, Sample: `"My shop"`, Doc: "Title for people."},
	{Name: "version", Type: Word, Sample: "1.2.0", Doc: "Version of the API."},
	{Name: "prefix", Type: Prefix, Sample: "/v1", Doc: "Stands before the paths of all servers."},
	{Name: "ident", Type: Exported, Sample: "Blog", Doc: "Prefix of the generated names: `BlogConfig`, `BlogHandlers`, `RegisterBlogHandlers`, `NewBlogHandler`."},
	{Name: "invalid", Type: Status, Min: 400, Max: 499, Sample: "422", Doc: "Status of a request that could be read and does not fit; 422 is the default."},
	{Name: "openapi", Type: Document, Sample: "openapi.yaml", Doc: "Output: the OpenAPI document of the package, in its folder, as YAML or JSON by the name's ending."},
	{Name: "servers", Type: URL, List: true, Unique: true, Sample: "https://api.example.com", Doc: "Where the service is reached, for the document; `/` is the default."},
	{Name: "contact", Type: Contact, Sample: "api@example.com", Doc: "Email address or URL of whom to ask, for the document."},
	{Name: "license", Type: String, Sample: "MIT", Doc: "Licence of the API as an SPDX expression, for the document."},
	{Name: "terms", Type: URL, Sample: "https://example.com/terms", Doc: "Terms of service, for the document."},
}

var laterServiceKeys = []Key{
	{Name: "include", Type: String, List: true, Later: true, Sample: "./admin", Doc: "Further packages of the service."},
	{Name: "client", Type: String, Later: true, Sample: "./client", Doc: "Output: Go client."},
	{Name: "ts", Type: String, Later: true, Sample: "web/api.ts", Doc: "Output: TypeScript client."},
}

var serverKeys = []Key{
	{Name: "prefix", Type: Prefix, Merge: MergeReplace, Sample: "/user", Doc: "Stands between the service's prefix and the path."},
	{Name: "jwt", Type: SchemeRef, None: true, Merge: MergeAfresh, Sample: "Auth", Doc: "Scheme whose token a caller must carry; `none` opens."},
	{Name: "optional", Type: Flag, Merge: MergeReplace, Doc: "Lets callers without a token in; `optional=false` takes it back."},
	{Name: "scopes", Type: Scope, List: true, None: true, Unique: true, Merge: MergeAdd, Sample: "orders:read,orders:write", Doc: "Scopes the token must carry, all of them."},
	{Name: "middleware", Type: FuncRef, List: true, None: true, Merge: MergeAdd, Sample: "mw.Limit,Audit", Doc: "Functions or methods of the server type of type `func(http.Handler) http.Handler`, the left one outermost. `jwt` stands for the check of the token, which otherwise comes first."},
	{Name: "timeout", Type: Duration, Merge: MergeReplace, Sample: "3s", Doc: "Time for a request from before its body is read; `0s` is no limit."},
	{Name: "maxBytes", Type: Bytes, Merge: MergeReplace, Sample: "64KiB", Doc: "Largest body: bytes, or with B, KB, MB, GB (1000), KiB, MiB, GiB (1024); 1MiB is the default."},
	{Name: "unknown", Type: Enum, Values: []string{"ignore", "reject"}, Merge: MergeReplace, Sample: "reject", Doc: "What happens to unknown members and query parameters; `ignore` is the default."},
	{Name: "nulls", Type: Enum, Values: []string{"reject", "absent"}, Merge: MergeReplace, Sample: "absent", Doc: "`absent` takes null for absence on optional fields; `reject` is the default."},
	{Name: "tags", Type: String, List: true, Unique: true, Merge: MergeReplace, Sample: "accounts", Doc: "Groups of the route in the documentation."},
	{Name: "hidden", Type: Flag, Merge: MergeReplace, Doc: "Leaves routes out of the OpenAPI document, and serves them as ever; `hidden=false` takes it back."},
	{Name: "auth", Type: String, Merge: MergeAfresh, Later: true, Sample: "A|B", Doc: "Alternatives of credentials."},
}

var routeKeys = []Key{
	{Name: "status", Type: Status, List: true, Unique: true, Min: 200, Max: 399, Sample: "201", Doc: "Statuses the handler may answer; the first is the default."},
	{Name: "id", Type: Ident, Sample: "LoginV2", Doc: "Name of the operation; the method's name is the default."},
	{Name: "dots", Type: Enum, Values: []string{"allow"}, Sample: "allow", Doc: "`allow` lets path values through that are `.` or `..` or hold a backslash or NUL; they are 404 otherwise."},
}

var errorKeys = []Key{
	{Name: "code", Type: Word, Sample: "not_found", Doc: "What clients switch on; the default is the error's name in snake case without Err."},
	{Name: "detail", Type: String, Sample: `"no such user"`, Doc: "Text for people; empty by default."},
}

var claimsKeys = []Key{
	{Name: "in", Type: Place, List: true, Unique: true, Sample: "Authorization:Bearer", Doc: "Where the token stands: `Authorization:Word`, `header:Name`, `cookie:__Host-name` or `query:name`; `Authorization:Bearer` is the default."},
}

// sharedKeys returns the named server keys, of which the service holds the
// defaults.
func sharedKeys(names ...string) []Key {
	keys := make([]Key, len(names))
	for i, name := range names {
		keys[i] = *findKey(serverKeys, name)
	}
	return keys
}
