package genrt

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/apigen-go/apigen/runtime"
)

// statusGone is noted for callers that left before their answer; nobody sees
// it but middleware that counts answers.
const statusGone = 499

// Fail answers an error that the route does not declare. In this order: a
// *runtime.Problem is sent as it is; broken rules of runtime.Invalid like those
// of tags; a body that turned out too large is 413; an error after the route's
// own deadline is 503; one after the client has left is no news. All else is a
// logged 500 that says nothing about the error.
func (c *Call) Fail(err error) {
	if c.committed() {
		c.abort("the request failed after the header was sent", err)
	}
	var problem *runtime.Problem
	if errors.As(err, &problem) {
		c.Problem(problem)
		return
	}
	if rules, ok := brokenRules(err); ok {
		for _, rule := range rules {
			c.report422("", rule)
		}
		c.invalid()
		return
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		c.tooLarge(tooLarge.Limit)
		return
	}
	if c.timed.expired() { //check:timeout
		c.timedOut(slog.LevelWarn, err)
		return
	}
	if c.gone() { //check:gone
		c.leftAlone(err)
		return
	}
	c.internal("the request failed", err)
}

// internal logs err and answers 500 without a word about it.
func (c *Call) internal(message string, err error) {
	if c.committed() {
		c.abort(message, err)
	}
	c.reportError(slog.LevelError, message, err)
	c.answer(&runtime.Problem{Status: http.StatusInternalServerError})
}

// timedOut answers that the time of the route ran out.
func (c *Call) timedOut(level slog.Level, err error) {
	c.reportError(level, "the request ran out of time", err)
	c.answer(&runtime.Problem{
		Status: http.StatusServiceUnavailable,
		Detail: "the request was not finished in time",
	})
}

// tooLarge answers that the body is larger than limit bytes.
func (c *Call) tooLarge(limit int64) {
	c.closeAfterAnswer()
	c.answer(&runtime.Problem{
		Status: http.StatusRequestEntityTooLarge,
		Detail: "the body must not have more than " + strconv.FormatInt(limit, 10) + " bytes",
	})
}

// gone reports whether the client has left.
func (c *Call) gone() bool {
	return errors.Is(c.r.Context().Err(), context.Canceled)
}

func (c *Call) leftAlone(err error) {
	c.reportError(slog.LevelDebug, "the client left before its answer", err)
	c.answer(&runtime.Problem{Status: statusGone})
}

// brokenRules returns what runtime.Invalid made err of: one, or several that
// were joined. An error with anything else in it is not the client's alone.
func brokenRules(err error) ([]runtime.FieldError, bool) {
	switch e := err.(type) {
	case nil:
		return nil, false
	case runtime.FieldError:
		return []runtime.FieldError{e}, true
	case interface{ Unwrap() error }:
		return brokenRules(e.Unwrap())
	case interface{ Unwrap() []error }:
		var all []runtime.FieldError
		for _, inner := range e.Unwrap() {
			rules, ok := brokenRules(inner)
			if !ok {
				return nil, false
			}
			all = append(all, rules...)
		}
		return all, len(all) > 0
	}
	return nil, false
}
