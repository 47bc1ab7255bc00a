package genrt

import (
	"log/slog"
	"runtime/debug"

	"github.com/apigen-go/apigen/runtime/internal/answer"
	"github.com/apigen-go/apigen/runtime/internal/request"
)

// report logs what happened to the call: the method, the pattern of the route
// and the error, and never anything that came with the request but its id.
func (c *Call) report(level slog.Level, message string, attrs ...slog.Attr) {
	l := c.s.logger
	if l == nil {
		l = slog.Default()
	}
	attrs = append([]slog.Attr{
		slog.String("method", c.r.Method),
		slog.String("pattern", c.r.Pattern),
	}, attrs...)
	if id := request.ID(c.ctx); id != "" {
		attrs = append(attrs, slog.String("request_id", id))
	}
	l.LogAttrs(c.ctx, level, message, attrs...)
}

// reportError logs err as the reason of an answer.
func (c *Call) reportError(level slog.Level, message string, err error) {
	c.report(level, message, slog.Any("error", err))
}

// reportPanic logs a recovered value with the stack of the panic.
func (c *Call) reportPanic(message string, v any) {
	c.report(slog.LevelError, message,
		slog.String("panic", answer.PanicText(v)), slog.String("stack", string(debug.Stack())))
}
