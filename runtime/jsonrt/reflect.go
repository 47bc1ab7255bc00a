package jsonrt

import (
	"bytes"
	"errors"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Durations have no form of their own in encoding/json/v2; here they have the
// one of Encoder.Duration, also deep inside of what json/v2 reads and writes.
var (
	encodeOptions = json.JoinOptions(
		json.Deterministic(true),
		jsonv1.OmitEmptyWithLegacySemantics(true),
		json.WithMarshalers(json.MarshalToFunc(func(e *jsontext.Encoder, v time.Duration) error {
			return e.WriteToken(jsontext.String(v.String()))
		})),
	)
	decodeOptions = json.WithUnmarshalers(json.UnmarshalFromFunc(func(d *jsontext.Decoder, v *time.Duration) error {
		if d.PeekKind() != '"' {
			return errors.ErrUnsupported
		}
		token, err := d.ReadToken()
		if err != nil {
			return err
		}
		*v, err = time.ParseDuration(token.String())
		return err
	}))
)

// Unmarshaler reads a value into a type with a JSON form of its own; null is
// one of its values. Its method gets a copy: one that keeps what it was given,
// though it must not, would otherwise show the text of another request later.
func (d *Decoder) Unmarshaler(v interface{ UnmarshalJSON([]byte) error }) bool {
	raw := bytes.Clone(d.Raw())
	return raw != nil && (v.UnmarshalJSON(raw) == nil || d.badForm())
}

// Value reads a value into what v points to as encoding/json/v2 does, from a
// copy as Unmarshaler does.
func (d *Decoder) Value(v any) bool {
	raw := bytes.Clone(d.Raw())
	return raw != nil && (json.Unmarshal(raw, v, decodeOptions) == nil || d.badForm())
}
