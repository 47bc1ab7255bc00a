package openapi

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/apigen-go/apigen/gen/model"
)

// mode is the use of a type, on which its schema may depend.
type mode struct {
	request bool
	nulls   bool // nulls=absent
	reject  bool // unknown=reject
}

// suffix tells the use in a name.
func (m mode) suffix() string {
	if !m.request {
		return "Output"
	}
	s := "Input"
	if m.reject {
		s += "Strict"
	}
	if m.nulls {
		s += "Nullable"
	}
	return s
}

type variantKey struct {
	id   string // of the Go type
	mode mode
}

// variant is the schema of a named type in one use. Variants of a type whose
// schemas come out the same are one component.
type variant struct {
	key    variantKey
	plain  string // the name that is tried first
	long   string // with the name of the package
	own    bool   // the package of the routes declares the type
	schema *schema
	class  int
	name   string
}

// variant returns a reference to the schema of a type in one use, which build
// makes when it is the first.
func (d *describer) variant(key variantKey, plain, long string, own bool, build func() *schema) *schema {
	v := d.variants[key]
	if v == nil {
		v = &variant{key: key, plain: plain, long: long, own: own}
		d.variants[key] = v
		d.order = append(d.order, v)
		v.schema = build()
	}
	ref := &schema{variant: v, Ref: "#"}
	d.refs = append(d.refs, ref)
	return ref
}

// nameVariants merges variants and names them.
func (d *describer) nameVariants() {
	d.classify()
	var classes []*variant // the first of each
	for _, v := range d.order {
		if v.class == len(classes) {
			classes = append(classes, v)
		}
	}
	nameClasses(classes)
	for _, v := range d.order {
		v.name = classes[v.class].name
	}
	for _, s := range d.refs {
		s.Ref = "#/components/schemas/" + s.variant.name
	}
}

// classify puts variants of a type into one class unless their schemas, or
// those they lead to, differ: classes are split until nothing changes.
func (d *describer) classify() {
	slices.SortStableFunc(d.order, func(a, b *variant) int { return rank(a.key.mode) - rank(b.key.mode) })
	count := 0
	for {
		for _, s := range d.refs {
			s.Ref = strconv.Itoa(s.variant.class)
		}
		classes := map[string]int{}
		next := make([]int, len(d.order))
		for i, v := range d.order {
			key := v.key.id + "\n" + strconv.Itoa(v.class) + "\n" + string(marshal(v.schema))
			if _, ok := classes[key]; !ok {
				classes[key] = len(classes)
			}
			next[i] = classes[key]
		}
		for i, v := range d.order {
			v.class = next[i]
		}
		if len(classes) == count {
			return
		}
		count = len(classes)
	}
}

// rank orders uses: the one that comes first names a component without suffix.
func rank(m mode) int {
	n := 0
	if m.request {
		n++
	}
	if m.reject {
		n += 2
	}
	if m.nulls {
		n += 4
	}
	return n
}

// nameClasses gives each class a name of its own: that of the type where no
// other claims it, else one that tells the package, the use, or at last a
// number.
func nameClasses(classes []*variant) {
	claims := map[string]map[string]bool{} // plain name to the types that want it
	owners := map[string]int{}
	for _, v := range classes {
		if claims[v.plain] == nil {
			claims[v.plain] = map[string]bool{}
		}
		if !claims[v.plain][v.key.id] && v.own {
			owners[v.plain]++
		}
		claims[v.plain][v.key.id] = true
	}
	keeps := func(v *variant) bool { return len(claims[v.plain]) == 1 || v.own && owners[v.plain] == 1 }
	first := map[string]*variant{} // of each type
	for _, v := range classes {
		if first[v.key.id] == nil {
			first[v.key.id] = v
		}
	}
	// Names that types have by themselves go before those that are made of them.
	turn := func(v *variant) int {
		switch {
		case v != first[v.key.id]:
			return 2
		case !keeps(v):
			return 1
		}
		return 0
	}
	byTurn := slices.Clone(classes)
	slices.SortStableFunc(byTurn, func(a, b *variant) int {
		return cmp.Or(turn(a)-turn(b), strings.Compare(a.key.id, b.key.id))
	})
	taken := map[string]bool{}
	for _, v := range byTurn {
		name := v.plain
		if !keeps(v) {
			name = v.long
		}
		if turn(v) == 2 {
			name += v.key.mode.suffix()
		}
		v.name = pick(taken, name)
	}
}

// pick returns name, with a number behind it where it is taken.
func pick(taken map[string]bool, name string) string {
	base := name
	for n := 2; taken[name]; n++ {
		name = base + strconv.Itoa(n)
	}
	taken[name] = true
	return name
}

func sortedVariants(order []*variant) []*variant {
	byName := map[string]*variant{}
	for _, v := range order {
		if _, ok := byName[v.name]; !ok {
			byName[v.name] = v
		}
	}
	var out []*variant
	for _, name := range sortedKeys(byName) {
		out = append(out, byName[name])
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// typeID identifies a type in all packages: its Go source with the import path
// before each name.
func (d *describer) typeID(t *model.Type) string {
	var b strings.Builder
	for _, piece := range t.Go {
		if piece.Pkg != "" {
			b.WriteString(piece.Pkg + "." + piece.Text)
			continue
		}
		b.WriteString(qualify(piece.Text, d.pkg.Path))
	}
	return b.String()
}

// qualify puts the path before the identifiers of a piece of source.
func qualify(source, path string) string {
	var b strings.Builder
	for i, r := range source {
		inside := i > 0 && isIdent(rune(source[i-1]))
		if (unicode.IsLetter(r) || r == '_') && !inside && !predeclared[wordAt(source, i)] {
			b.WriteString(path + ".")
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isIdent(r rune) bool {
	return r == '_' || r >= 0x80 || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func wordAt(s string, i int) string {
	end := i
	for end < len(s) && isIdent(rune(s[end])) {
		end++
	}
	return s[i:end]
}

var predeclared = map[string]bool{
	"any": true, "bool": true, "byte": true, "error": true, "float32": true, "float64": true, "int": true, "int8": true, "int16": true, "int32": true, "int64": true,
	"rune": true, "string": true, "uint": true, "uint8": true, "uint16": true, "uint32": true, "uint64": true, "map": true, "struct": true, "interface": true,
}

// names returns the two names of the component of a type: without and with
// that of its package.
func (d *describer) names(t *model.Type) (plain, long string, own bool) {
	label := t.Label
	pkg := d.pkg.Name
	own = true
	if len(t.Go) > 0 && t.Go[0].Pkg != "" {
		own = false
		pkg = d.pkg.PackageNames[t.Go[0].Pkg]
		label = strings.TrimPrefix(label, upperFirst(pkg))
	}
	if label == "" {
		label = t.Label
	}
	if strings.Contains(d.typeID(t), "*") { // of a type argument, which says nothing to readers
		label = strings.ReplaceAll(label, "Pointer", "")
	}
	return componentName(label), componentName(upperFirst(pkg) + label), own
}

func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// componentName makes a name of the characters that the keys of components
// take: letters and digits of ASCII, and those of ".-_".
func componentName(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune(".-_", r):
			b.WriteRune(r)
		default:
			b.WriteString("_" + strconv.FormatInt(int64(r), 16))
		}
	}
	return b.String()
}
