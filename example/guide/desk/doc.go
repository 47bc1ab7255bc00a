// Package desk is the service behind a page in a browser: the token is in a cookie,
// the keys that sign it are in files, and others may verify it.
package desk

//go:generate go tool apigen
