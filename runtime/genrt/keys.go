package genrt

import (
	"cmp"
	"encoding"
	"errors"
	"iter"
	"slices"
	"strconv"

	"github.com/apigen-go/apigen/runtime/jsonrt"
)

// DecimalKeys returns the keys of a map in the order of their decimal texts,
// which are the names of their members: 10 stands before 9.
func DecimalKeys[K ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64](keys iter.Seq[K]) []K {
	var x, y [20]byte
	return slices.SortedFunc(keys, func(a, b K) int {
		return cmp.Compare(string(decimal(x[:0], a)), string(decimal(y[:0], b)))
	})
}

func decimal[K ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64](b []byte, k K) []byte {
	if k < 0 {
		return strconv.AppendInt(b, int64(k), 10)
	}
	return strconv.AppendUint(b, uint64(k), 10)
}

// TextKey is a key of a map with the name of its member.
type TextKey[K any] struct {
	Name string
	Key  K
}

// errSameName is reported for two keys whose texts are equal: the object would
// have two members of one name.
var errSameName = errors.New("two keys of a map have the same text")

// TextKeys returns the keys of a map whose type has a text form, in the order
// of their names. A key that has none becomes an error of e.
func TextKeys[K any](e *jsonrt.Encoder, keys iter.Seq[K]) []TextKey[K] {
	var out []TextKey[K]
	for k := range keys {
		name, err := keyText(&k)
		if err != nil {
			e.Text(failed{err})
			return nil
		}
		out = append(out, TextKey[K]{name, k})
	}
	slices.SortFunc(out, func(a, b TextKey[K]) int { return cmp.Compare(a.Name, b.Name) })
	for i := 1; i < len(out); i++ {
		if out[i].Name == out[i-1].Name {
			e.Text(failed{errSameName})
			return nil
		}
	}
	return out
}

// KeyName returns the text form of *k, "" where it has none.
func KeyName[K any](k *K) string {
	name, err := keyText(k)
	if err != nil {
		return ""
	}
	return name
}

// keyText asks the value or its pointer, whichever has the method.
func keyText(k any) (string, error) {
	var text []byte
	var err error
	switch k := k.(type) {
	case encoding.TextAppender:
		text, err = k.AppendText(nil)
	case encoding.TextMarshaler:
		text, err = k.MarshalText()
	default:
		err = errors.New("a key of a map has no text form")
	}
	return string(text), err
}

// failed hands an error to an encoder.
type failed struct{ err error }

func (f failed) MarshalText() ([]byte, error) { return nil, f.err }
