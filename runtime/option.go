package runtime

import (
	"log/slog"

	"github.com/apigen-go/apigen/runtime/internal/opt"
)

// Option is one setting of a service, for the generated NewHandler and
// RegisterHandlers. Options come from this package and from the With functions
// generated for the schemes of a service; of two that set the same thing the
// later one stands.
type Option = opt.Option

// WithLogger makes l take what the service reports: answers of status 500 and
// above, once each, with the method, the pattern of the route and the error.
// Headers, query strings and bodies are never logged. Without it, and with nil,
// it is slog.Default at the time of the report.
func WithLogger(l *slog.Logger) Option {
	return opt.Func(func(s *opt.Set) { s.Logger = l })
}
