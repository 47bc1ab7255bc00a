package annotate

// TagSpec describes a struct tag that apigen reads.
type TagSpec struct {
	Name string
	// Sample is a whole tag that fits.
	Sample string
	// Options are the words that may stand in the tag, or behind its name.
	Options []TagOptionSpec
	// Later tags are known and not supported yet.
	Later bool
	Doc   string
}

// TagOptionSpec describes a word of a tag.
type TagOptionSpec struct {
	Name  string
	Later bool
	Doc   string
}

var (
	optionOmitempty = TagOptionSpec{Name: "omitempty", Doc: "may be absent"}
	optionOmitzero  = TagOptionSpec{Name: "omitzero", Doc: "may be absent"}
	optionCSV       = TagOptionSpec{Name: "csv", Doc: "a list stands in one value, separated by commas"}
)

// Tags lists all struct tags.
var Tags = []TagSpec{
	{Name: "path", Sample: `path:"id"`, Doc: "Read from the path variable of that name; always required and never empty."},
	{Name: "query", Sample: `query:"page"`, Options: []TagOptionSpec{optionOmitempty, optionOmitzero, optionCSV}, Doc: "Read from the query. Lists read the name and `name[]`, repeated."},
	{Name: "header", Sample: `header:"X-Request-Id"`, Options: []TagOptionSpec{optionOmitempty, optionOmitzero, optionCSV}, Doc: "Read from a header. On the type of an `api:error`, a header of the answer."},
	{Name: "cookie", Sample: `cookie:"sid"`, Options: []TagOptionSpec{optionOmitempty, optionOmitzero, optionCSV}, Doc: "Read from a cookie."},
	{Name: "form", Sample: `form:"name"`, Later: true, Doc: "Read from a form."},
	{
		Name: "json", Sample: `json:"name,omitempty"`,
		Options: []TagOptionSpec{
			{Name: "omitempty", Doc: "may be absent; left out of answers when empty, a zero number and false included"},
			{Name: "omitzero", Doc: "may be absent; left out of answers when zero"},
			{Name: "string", Doc: "a number stands in quotes"},
		},
		Doc: "A member of the JSON body. An exported field without a tag is one too, under its Go name.",
	},
	{Name: "body", Sample: `body:""`, Doc: "The field is the whole body."},
	{Name: "default", Sample: `default:"20"`, Doc: "Value of an absent field. It must satisfy the rules."},
	{Name: "validate", Sample: `validate:"required,min=3"`, Doc: "Rules that the value must satisfy, see below."},
	{
		Name: "api", Sample: `api:"optional"`,
		Options: []TagOptionSpec{
			{Name: "optional", Doc: "may be absent in requests and is always written"},
			{Name: "readonly", Doc: "the server decides the value: written in answers, and an unknown member in requests, which is passed over or refused with `unknown=reject`"},
			{Name: "writeonly", Doc: "read from requests, and never written in answers"},
			{Name: "hidden", Doc: "read and written as ever, and left out of the OpenAPI document; a client must be able to do without it"},
			{Name: "secret", Later: true, Doc: "never in logs"},
		},
		Doc: "Further properties of the field.",
	},
	{Name: "example", Sample: `example:"alice"`, Doc: "An example for the documentation; it must satisfy the rules."},
	{Name: "pattern", Sample: `pattern:"^[a-z]+$"`, Later: true, Doc: "Regular expression (RE2) that a string must match."},
	{Name: "format", Sample: `format:"date"`, Later: true, Doc: "Wire form of times and durations, and format of strings in the documentation."},
	{Name: "status", Sample: `status:""`, Later: true, Doc: "The field of a response that holds its status."},
}

// LookupTag returns the description of a struct tag, nil when apigen does not
// read it.
func LookupTag(name string) *TagSpec {
	for i := range Tags {
		if Tags[i].Name == name {
			return &Tags[i]
		}
	}
	return nil
}

// RuleSpec describes a rule of a validate tag.
type RuleSpec struct {
	Name string
	// Param names the parameter, "" for a rule without one.
	Param string
	// On says what values the rule fits.
	On  string
	Doc string
}

// Rules lists the rules that are supported. Their names are those of
// go-playground/validator.
var Rules = []RuleSpec{
	{"required", "", "all", "present and not null; strings, lists and maps also not empty"},
	{"omitempty", "", "all", "may be absent; the rules behind it are skipped when absent, for strings, lists and maps also when empty"},
	{"min", "n", "strings, numbers, lists, maps", "at least n: characters of a string, items of a list or map, or the number itself"},
	{"max", "n", "strings, numbers, lists, maps", "at most n, counted likewise"},
	{"len", "n", "strings, numbers, lists, maps", "exactly n, counted likewise"},
	{"oneof", "a b 'c d'", "strings, numbers", "one of the words, separated by spaces; those with spaces in single quotes"},
	{"email", "", "strings", "an e-mail address"},
}
