// Package answers returns values of all kinds.
package answers

import "context"

type Item struct {
	Name string `json:"name"`
}

type Shop struct{ nothing bool }

func (s *Shop) Value(context.Context) (Item, error) { return Item{"v"}, nil }
func (s *Shop) Maybe(context.Context) (*Item, error) {
	if s.nothing {
		return nil, nil
	}
	return &Item{"m"}, nil
}

func (s *Shop) Created(ctx context.Context) (*Item, error) { return s.Maybe(ctx) }

func (s *Shop) List(context.Context) ([]Item, error) {
	if s.nothing {
		return nil, nil
	}
	return []Item{{"l"}}, nil
}

func (s *Shop) Map(context.Context) (map[string][]*Item, error) {
	if s.nothing {
		return nil, nil
	}
	return map[string][]*Item{"b": {nil, {"x"}}, "a": nil}, nil
}

func (s *Shop) Count(context.Context) (int, error)  { return 7, nil }
func (s *Shop) Any(context.Context) (any, error)    { return map[string]int{"b": 1, "a": 2}, nil }
func (s *Shop) Odd(context.Context) (Item, error)   { return Item{"o"}, nil }
func (s *Shop) Reset(context.Context) (Item, error) { return Item{"r"}, nil }
func (s *Shop) Later(context.Context) error         { return nil }
func (s *Shop) Nothing(context.Context) error       { return nil }
