package genrt

import (
	"net/mail"
	"strings"
)

// Email reports whether s is an email address as RFC 5322 section 3.4.1 writes
// it, an addr-spec, and nothing else: no name, no angle brackets, no comment and
// no space around it.
func Email(s string) bool {
	if strings.ContainsAny(s, "<>\r\n\t") || len(s) > 254+2 {
		return false // what the parser of whole headers would take away
	}
	a, err := mail.ParseAddress(s)
	return err == nil && a.Name == "" && a.Address == s
}
