package annotate

import "slices"

// Target is what a directive is attached to.
type Target int

// The targets.
const (
	TargetNone    Target = iota
	TargetPackage        // the package clause
	TargetType           // a type declaration
	TargetMethod         // a method, or a method of an interface type
)

// KeyType is the form of a key's values; the parser checks it.
type KeyType int

// The forms of values.
const (
	String    KeyType = iota // any text
	Word                     // text without spaces
	Ident                    // Go identifier
	Exported                 // exported Go identifier
	Flag                     // no value, or true or false; Arg.On
	Enum                     // one of Key.Values
	Status                   // HTTP status from Key.Min to Key.Max; Value.Int
	Bytes                    // size such as 64KiB; Value.Int
	Duration                 // time such as 3s; Value.Duration
	Method                   // HTTP method
	Path                     // path of a route
	Prefix                   // beginning of paths
	SchemeRef                // Name, pkg.Name or "import/path".Name; exported
	ErrorRef                 // likewise, exported only in other packages
	FuncRef                  // likewise
	Scope                    // scope token of RFC 6749, section 3.3
	Place                    // Authorization:Word or header:Name; Value.Qual and Value.Text
	Document                 // name of a file, ending in .yaml, .yml or .json
	URL                      // absolute http or https URL, or a path
	Contact                  // email address, or absolute URL
)

// Merge tells how the value of a route meets that of its server.
type Merge int

// The ways to merge.
const (
	// MergeOwn keys are not inherited.
	MergeOwn Merge = iota
	// MergeReplace takes the route's value instead of the server's.
	MergeReplace
	// MergeAdd puts the route's values behind the server's.
	MergeAdd
	// MergeAfresh replaces, and drops the inherited optional and scopes.
	MergeAfresh
)

// Key describes an argument of a directive.
type Key struct {
	Name string
	Type KeyType
	// List allows several values, separated by commas.
	List bool
	// None allows the single value none.
	None bool
	// Optional is for positional arguments that may be missing.
	Optional bool
	// Unique refuses a value given twice in a list.
	Unique bool
	// Merge tells how a route's value meets its server's.
	Merge Merge
	// Later keys are known and not supported yet.
	Later bool
	// Values are the words of an Enum.
	Values []string
	// Min and Max bound a Status.
	Min, Max int
	// Sample is a value that fits, for messages and documentation.
	Sample string
	// Doc says what the key does, for documentation.
	Doc string
}

// Spec describes a directive.
type Spec struct {
	Name    string
	Targets []Target
	// On names the declarations it belongs on, in words.
	On string
	// Positional are the arguments without a name, in order.
	Positional []Key
	Keys       []Key
	// Repeatable directives may stand several times on one declaration.
	Repeatable bool
	// Merge joins the lines of several such directives on one declaration.
	Merge bool
	// Later directives are known and not supported yet.
	Later bool
	// Sample is a whole line that fits.
	Sample string
	// Doc says what the directive does, for documentation.
	Doc string
}

// Key returns the named key, nil when the directive has none of that name.
func (s *Spec) Key(name string) *Key {
	return findKey(s.Keys, name)
}

// PositionalKey returns the named positional argument, or nil.
func (s *Spec) PositionalKey(name string) *Key {
	return findKey(s.Positional, name)
}

// KeyNames returns the names of all keys in table order.
func (s *Spec) KeyNames() []string {
	names := make([]string, len(s.Keys))
	for i := range s.Keys {
		names[i] = s.Keys[i].Name
	}
	return names
}

func (s *Spec) isFlag(name string) bool {
	key := s.Key(name)
	return key != nil && key.Type == Flag
}

func (s *Spec) takes(t Target) bool {
	return slices.Contains(s.Targets, t)
}

func findKey(keys []Key, name string) *Key {
	for i := range keys {
		if keys[i].Name == name {
			return &keys[i]
		}
	}
	return nil
}

// Lookup returns the description of the directive api:name, nil when there is
// none.
func Lookup(name string) *Spec {
	for i := range Schema {
		if Schema[i].Name == name {
			return &Schema[i]
		}
	}
	return nil
}

func specNames() []string {
	names := make([]string, len(Schema))
	for i := range Schema {
		names[i] = Schema[i].Name
	}
	return names
}
