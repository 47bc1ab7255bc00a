package opt

import (
	"log/slog"
	"slices"
	"testing"
)

func TestApply(t *testing.T) {
	first, last := slog.New(slog.DiscardHandler), slog.New(slog.DiscardHandler)
	s := Apply([]Option{
		nil,
		Func(nil),
		Func(func(s *Set) { s.Logger = first }),
		Func(func(s *Set) { s.Scheme("Auth", 1, 2) }),
		Func(func(s *Set) { s.Scheme("Admin", 3) }),
		Func(func(s *Set) { s.Logger = last; s.Scheme("Auth", 4) }),
	})
	if s.Logger != last {
		t.Error("the last logger does not stand")
	}
	if got := s.Schemes["Auth"]; !slices.Equal(got, []any{1, 2, 4}) {
		t.Errorf("Auth = %v, want 1 2 4 in their order", got)
	}
	if got := s.Schemes["Admin"]; !slices.Equal(got, []any{3}) {
		t.Errorf("Admin = %v, want 3", got)
	}
}

func TestApplyNothing(t *testing.T) {
	s := Apply(nil)
	if s == nil || s.Logger != nil || len(s.Schemes) != 0 {
		t.Errorf("Apply(nil) = %+v, want empty settings", s)
	}
}
