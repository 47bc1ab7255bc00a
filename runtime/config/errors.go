package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Error is one mistake in a configuration.
type Error struct {
	File string // as it was given to Load or Parse
	// Line and Column count from 1, columns in characters; they are 0 where a
	// mistake has no place, such as a key that is missing.
	Line, Column int
	// Path is the key, such as Auth.PrevSecrets[0]; empty for the whole file.
	Path string
	// Message says what was expected and what to do. It holds no value.
	Message string
}

// Error returns the mistake in one line, as file:line:column: path: message.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	b.WriteString(": ")
	if e.Path != "" {
		b.WriteString(printable(e.Path) + ": ")
	}
	b.WriteString(e.Message)
	return b.String()
}

// printable returns a path for a line of text: its keys are what the file says,
// and may hold ends of lines, escape sequences and whole pages.
func printable(path string) string {
	const long = 256
	if cut := []rune(path[:min(len(path), 4*long)]); len(cut) > long {
		path = string(cut[:long]) + "…"
	}
	if strings.ContainsFunc(path, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return strconv.Quote(path)
	}
	return path
}

// Errors are all mistakes of a configuration, in the order of the file.
type Errors []*Error

// shown is how many mistakes a text lists.
const shown = 50

// Error returns a line for each mistake, at most 50.
func (e Errors) Error() string {
	var lines []string
	for i, p := range e {
		if i == shown {
			lines = append(lines, fmt.Sprintf("and %d more", len(e)-shown))
			break
		}
		lines = append(lines, p.Error())
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the mistakes.
func (e Errors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, p := range e {
		errs[i] = p
	}
	return errs
}

// add notes a mistake at n.
func (l *loader) add(n *node, path, format string, args ...any) {
	l.addAt(n.place, path, format, args...)
}

func (l *loader) addAt(at place, path, format string, args ...any) {
	e := &Error{File: l.file, Line: at.line, Column: at.column, Path: path, Message: fmt.Sprintf(format, args...)}
	if at.variable != "" {
		e.File, e.Line, e.Column = "environment variable "+at.variable, 0, 0
	}
	l.problems = append(l.problems, e)
}

// err returns the mistakes so far, or nil.
func (l *loader) err() error {
	if len(l.problems) == 0 {
		return nil
	}
	told := map[Error]bool{} // Validate methods of structs in structs say the same
	l.problems = slices.DeleteFunc(l.problems, func(e *Error) bool {
		again := told[*e]
		told[*e] = true
		return again
	})
	slices.SortStableFunc(l.problems, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return l.problems
}
