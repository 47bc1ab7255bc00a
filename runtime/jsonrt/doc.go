// Package jsonrt reads and writes JSON for generated code, token by token and
// without reflection. It takes exactly the texts that are valid by RFC 8259 and
// by the stricter RFC 7493: names of members are unique in every object, also
// in those that are skipped, and strings are valid Unicode.
package jsonrt
