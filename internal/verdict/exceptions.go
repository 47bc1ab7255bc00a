package verdict

import (
	"errors"
	"math/big"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// exception is a kind of request about which the server and the document must
// differ, because the document has no words for it or its reader has none.
type exception struct {
	name     string
	server   string // what the server does
	document string // what the document says
	reason   string // why the document cannot say it

	// refused recognises what the server has against such a request, accepted
	// what the document has; one of them is set.
	refused  func(*trial, issue) bool
	accepted func(*trial, complaint) bool
}

// exceptions is the table. exceptions.md shows it.
var exceptions = []exception{
	{
		name: "integer written as a fraction", server: "refuses 1.0, 1e2 and -0 for whole numbers that are not negative", document: "takes every number without a fraction",
		reason: "JSON Schema compares values, not how they are written: 1.0 is an integer (2020-12 validation, section 6.1.1).",
		refused: func(c *trial, i issue) bool {
			v, ok := c.valueAt(i)
			return ok && integral(v) && strings.Contains(i.Detail, "integer") && i.Parameter == ""
		},
	},
	{
		name: "integer outside of 64 bits", server: "refuses what does not fit", document: "says format: int64 or uint64",
		reason: "A bound of 64 bits is rounded by readers that hold numbers in floating point (RFC 7493, section 2.2), so that it would say something else to some; formats of numbers are not checked.",
		refused: func(c *trial, i issue) bool {
			v, ok := c.valueAt(i)
			return ok && i.Code == "range" && strings.Contains(i.Detail, "integer") && wide(v)
		},
	},
	{
		name: "number too large for floating point", server: "refuses what would be infinite", document: "says format: double or float",
		reason: "The bound is one of rounding, and no number of JSON that everybody reads alike stands for it.",
		refused: func(c *trial, i issue) bool {
			v, ok := c.valueAt(i)
			return ok && i.Code == "range" && infinite(unquote(v))
		},
	},
	{
		name: "unreadable JSON", server: "refuses a member that is given twice and text that is not Unicode", document: "speaks of the value that a parser makes",
		reason:  "JSON Schema begins behind the parser (2020-12 core, section 4.2), and parsers differ on these (RFC 8259, sections 4 and 8).",
		refused: unreadable,
	},
	{
		name: "unreadable query", server: "refuses bad percent-encoding, ; as a separator, and text that is not UTF-8, also in parameters it does not know", document: "lists the parameters it knows",
		reason:  "OpenAPI speaks of single parameters and not of the query as a whole.",
		refused: func(_ *trial, i issue) bool { return strings.HasPrefix(i.Detail, "the query is not valid") },
	},
	{
		name: "Content-Type", server: "refuses a body without one, and with parameters other than charset=utf-8", document: "says application/json",
		reason:  "OpenAPI cannot ask for the header, and takes media types without their parameters (3.1, Media Type Object).",
		refused: wrongMediaType,
	},
	{
		name: "parameter given twice", server: "refuses it", document: "says nothing",
		reason:  "OpenAPI has no word for how often a parameter may be given.",
		refused: func(c *trial, i issue) bool { return i.Code == "repeated" && len(c.given(i)) > 1 },
	},
	{
		name: "unknown query parameter", server: "refuses it where unknown=reject", document: "says nothing",
		reason:  "OpenAPI has no word for parameters it does not list.",
		refused: func(_ *trial, i issue) bool { return i.Code == "unknown" && i.In == "query" },
	},
	{
		name: "hidden member", server: "reads it", document: "has no member of that name, which it forbids where unknown=reject",
		reason: "It is hidden: what the document says of it would show it.",
		accepted: func(_ *trial, x complaint) bool {
			return strings.Contains(x.reason, "additional properties 'note' not allowed")
		},
		refused: func(c *trial, i issue) bool {
			return strings.HasPrefix(c.request.op.path, "/zoo/shapes/directions") && strings.HasSuffix(i.Pointer, "/note")
		},
	},
	{
		name: "form of the type's own", server: "asks the UnmarshalJSON or UnmarshalText of the type", document: "says any value, or any text",
		reason:  "What a method of Go accepts is not known to the generator.",
		refused: func(_ *trial, i issue) bool { return i.Code == "type" && i.Detail == "has not the form expected" },
	},
	{
		name: "bounds of a duration", server: "compares times, and refuses those beyond 64 bits of nanoseconds", document: "tells the bound in words",
		reason:  "JSON Schema compares numbers, and durations travel as text.",
		refused: duration,
	},
	{
		name: "bounds of a number in quotes", server: "compares the number", document: "tells the bound in words",
		reason: "JSON Schema compares numbers, and this one travels as text.",
		refused: func(c *trial, i issue) bool {
			v, ok := c.bodyAt(i.Pointer)
			return ok && strings.HasPrefix(v, `"`) && slices.Contains([]string{"min", "max", "range"}, i.Code) && isNumber(unquote(v))
		},
	},
	{
		name: "bounds of the names of members", server: "refuses names outside of the integers that are the keys of a map", document: "says that they are digits",
		reason: "JSON Schema compares numbers, and names are text.",
		refused: func(_ *trial, i issue) bool {
			name := i.Pointer[strings.LastIndexByte(i.Pointer, '/')+1:]
			return i.In == "body" && strings.Contains(i.Detail, "name") && i.Code != "unknown" && whole.MatchString(name)
		},
	},
	{
		name: "edges of RFC 3339", server: "refuses a second of 60, and t and z for T and Z", document: "says format: date-time, which has them",
		reason: "The format is RFC 3339 as a whole, whose section 5.6 leaves it to applications whether they take small letters; Go's time has no leap seconds.",
		refused: func(c *trial, i issue) bool {
			v, _ := c.valueAt(i)
			return strings.Contains(i.Detail, "RFC 3339") && (strings.Contains(v, ":60") || strings.Contains(v, "t15"))
		},
	},
	{
		name: "path that leads elsewhere", server: "answers 404 to . and .. and to backslashes and NUL in a value", document: "says text",
		reason: "A client resolves these segments before it sends them (RFC 3986, section 5.2.4), and a pattern for the rest would have to be repeated for each variable.",
		refused: func(c *trial, i issue) bool {
			path, _, _ := strings.Cut(c.request.target, "?")
			return c.answer.status == http.StatusNotFound && awayFrom(path)
		},
	},
	{
		name: "name[] in the query", server: "reads lists under the name with [] behind it, too", document: "has the name alone",
		reason: "A parameter has one name.",
		refused: func(c *trial, i issue) bool {
			return i.In == "query" && strings.Contains(c.request.target, i.Parameter+"[]=")
		},
		accepted: func(c *trial, x complaint) bool {
			return strings.Contains(x.message, "is missing") && strings.Contains(c.request.target, x.parameter()+"[]=")
		},
	},
	{
		name: "empty parameter", server: "takes an empty text for absence, but for texts, of which it is one", document: "says the type",
		reason: "OpenAPI leaves open what an empty value means (3.1, Parameter Object, allowEmptyValue), and readers differ: this one takes an empty header for none.",
		accepted: func(c *trial, x complaint) bool {
			if strings.HasPrefix(x.message, "Header parameter") && strings.Contains(x.message, "is missing") {
				given := c.given(issue{In: "header", Parameter: x.parameter()})
				return len(given) > 0 && strings.Join(given, "") == ""
			}
			return strings.Contains(x.reason, "Value ''") || strings.Contains(x.reason, "Array item ''")
		},
		refused: func(c *trial, i issue) bool {
			v, ok := c.valueAt(i)
			return ok && v == "" && i.In == "header" && i.Code == "enum"
		},
	},
	{
		name: "number too large, passed over", server: "passes over a member that it does not know, whatever number it holds", document: "says nothing of it",
		reason: "The reader of the document (libopenapi-validator 0.14) decodes all numbers as float64, also those that no schema speaks of.",
		accepted: func(c *trial, x complaint) bool {
			return strings.Contains(x.message, "could not be decoded") && huge(c.request.body)
		},
	},
	{
		name: "body of zero bytes", server: "takes it for no body, whatever its type", document: "says application/json",
		reason: "The reader of the document looks at the header before the body.",
		accepted: func(c *trial, x complaint) bool {
			return len(c.request.body) == 0 && strings.Contains(x.message, "content type")
		},
	},
	{
		name: "email", server: "takes an addr-spec of RFC 5322", document: "says format: email, which is one of RFC 5321",
		reason:   "The two grammars differ at their edges, and readers check less or more of them: this one asks for a domain of letters and digits.",
		accepted: func(_ *trial, x complaint) bool { return x.edgeOfEmail() },
		refused: func(c *trial, i issue) bool {
			v, ok := c.valueAt(i)
			return ok && i.Code == "email" && edgeOfEmail(unquote(v))
		},
	},
	{
		name: "reserved characters in a list", server: "takes all that is percent-encoded", document: "says allowReserved: false, which asks for the encoding",
		reason: "The reader of the document looks for reserved characters, and for commas between items, behind the decoding (libopenapi-validator 0.14, parameters/query_parameters.go).",
		accepted: func(c *trial, x complaint) bool {
			commas := strings.Contains(x.message, "is not exploded correctly") && strings.Contains(c.request.target, "%2C")
			return strings.HasPrefix(x.message, "Query parameter") && (commas || strings.Contains(x.message, "contains reserved values"))
		},
	},
	{
		name: "length of a list in a parameter", server: "counts the items", document: "says maxItems",
		reason: "The reader of the document counts the items of each repetition by itself, and not those in a header (libopenapi-validator 0.14).",
		refused: func(c *trial, i issue) bool {
			_, most := c.schema(i)["maxItems"]
			return most && strings.HasSuffix(i.Detail, "items") && i.Code == "max" && i.In != "cookie"
		},
	},
	{
		name: "scalar in a parameter", server: "takes true and false, and numbers as JSON writes them, without a plus sign or leading zeros", document: "says boolean, integer or number",
		reason:  "OpenAPI does not tell how a text becomes a value; the reader of the document asks strconv, which takes 1, t and T for true, and 01 and +1 for numbers, does not compare what it gets with the bounds in headers, and drops spaces around the items of a list.",
		refused: loose,
	},
}

// excused names the exception behind what the document has against a request
// that the server takes, "" for none.
func (c *trial) excused(x complaint) string {
	for _, e := range exceptions {
		if e.accepted != nil && e.accepted(c, x) {
			return e.name
		}
	}
	return ""
}

// objected names the exception behind what the server has against a request
// that the document takes, "" for none.
func (c *trial) objected(i issue) string {
	for _, e := range exceptions {
		if e.refused != nil && e.refused(c, i) {
			return e.name
		}
	}
	return ""
}

// whole is how an integer is written.
var whole = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)

// plain is an address about which all grammars say the same.
var plain = regexp.MustCompile(`^[A-Za-z0-9]+([.+_-][A-Za-z0-9]+)*@([A-Za-z0-9]+\.)+[A-Za-z]{2,}$`)

// edgeOfEmail reports what some take for an address: it has something behind an
// @ and is not a plain one. What stands before it, the reader of the document
// lets be empty.
func edgeOfEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	return at >= 0 && at < len(text)-1 && !plain.MatchString(text)
}

// edgeOfEmail reports whether the document is against an address that others
// take for one.
func (x complaint) edgeOfEmail() bool {
	text, _, ok := strings.Cut(x.reason, "' is not valid email")
	return ok && edgeOfEmail(strings.TrimPrefix(text, "'"))
}

// infinite reports a number that is none in floating point of 32 or 64 bits.
func infinite(text string) bool {
	_, err := strconv.ParseFloat(text, 32)
	return errors.Is(err, strconv.ErrRange)
}

// integral reports a number without a fraction that is not written as an
// integer is, or is written as minus nothing.
func integral(text string) bool {
	r, ok := new(big.Rat).SetString(text)
	return ok && isNumber(text) && (r.IsInt() && strings.ContainsAny(text, ".eE") || text == "-0" || tiny(text))
}

// tiny reports a number so near to nothing that it is none in floating point.
func tiny(text string) bool {
	f, err := strconv.ParseFloat(text, 64)
	return err == nil && f == 0 && strings.ContainsAny(text, "eE")
}

// wide reports an integer that 64 bits cannot hold.
func wide(text string) bool {
	text = unquote(text)
	_, signed := strconv.ParseInt(text, 10, 64)
	r, ok := new(big.Rat).SetString(text)
	return ok && r.IsInt() && signed != nil
}

func unquote(text string) string {
	if s, err := strconv.Unquote(text); err == nil {
		return s
	}
	return text
}

func isNumber(text string) bool {
	_, err := strconv.ParseFloat(text, 64)
	return err == nil || strings.Contains(err.Error(), "range")
}

func unreadable(_ *trial, i issue) bool {
	for _, what := range []string{"duplicate member", "invalid UTF-8", "lone surrogate"} {
		if strings.Contains(i.Detail, what) {
			return true
		}
	}
	return false
}

func wrongMediaType(c *trial, _ issue) bool {
	return c.answer.status == http.StatusUnsupportedMediaType && (c.request.contentType == "" || strings.Contains(c.request.contentType, "charset=latin1"))
}

func duration(c *trial, i issue) bool {
	v, ok := c.valueAt(i)
	if !ok {
		return false
	}
	_, err := time.ParseDuration(unquote(v))
	return err == nil && (i.Code == "min" || i.Code == "max") && strings.HasSuffix(i.Detail, "s") ||
		i.Code == "type" && strings.Contains(i.Detail, "duration") && err != nil && strings.HasSuffix(unquote(v), "h")
}

// awayFrom reports a path of which a part is no plain name.
func awayFrom(path string) bool {
	for _, part := range strings.Split(strings.ToLower(path), "/") {
		for _, inner := range strings.Split(part, "%2f") {
			if inner == "." || inner == ".." {
				return true
			}
		}
	}
	return strings.Contains(strings.ToLower(path), "%5c") || strings.Contains(path, "%00") || strings.Contains(path, "//")
}

func huge(body []byte) bool {
	return regexp.MustCompile(`[0-9][eE]\+?[0-9]{3}`).Match(body)
}

// loose recognises texts that strconv takes for a value and the server does not.
func loose(c *trial, i issue) bool {
	v, ok := c.valueAt(i)
	if !ok || i.Parameter == "" {
		return false
	}
	switch {
	case strings.Contains(i.Detail, "true or false"):
		_, err := strconv.ParseBool(v)
		return err == nil
	case i.Code == "enum":
		return v != strings.TrimSpace(v) || strings.ContainsAny(v, " \t\n")
	case i.Code == "range" && i.In != "header":
		return false // what it reads it compares, but in headers
	case strings.Contains(i.Detail, "integer"), i.Detail == "must be a number":
		for _, text := range strings.Split(v, ",") {
			if _, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err != nil {
				return false
			}
		}
		return true
	}
	return false
}
