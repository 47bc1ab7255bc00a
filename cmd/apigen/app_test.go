package main

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		args    string
		command string
		words   string
		code    int
		done    bool
	}{
		{"", "", "", 0, false},
		{"./...", "", "./...", 0, false},
		{"-C x check ./a", "check", "./a", 0, false},
		{"check -C x ./a ./b -v", "check", "./a ./b", 0, false},
		{"./a check", "", "./a check", 0, false},
		{"-tags a,b -n", "", "", 0, false},
		{"-- -a", "", "-a", 0, false},
		{"-n -- ./a -n", "", "./a -n", 0, false},
		{"token -claim a=b -claim c=d -config f", "token", "", 0, false},
		{"-h", "", "", exitOK, true},
		{"routes -help", "routes", "", exitOK, true},
		{"-x", "", "", exitUsage, true},
		{"routes -n", "routes", "", exitUsage, true},
		{"-config f check", "check", "", exitUsage, true},
		{"-ttl x token", "", "", exitUsage, true},
		{"token -claim a", "token", "", exitUsage, true},
	}
	for _, tt := range tests {
		var out, errOut strings.Builder
		a := &app{out: &out, err: &errOut}
		code, done := a.parse(strings.Fields(tt.args))
		if code != tt.code || done != tt.done || a.command.name != tt.command || !done && strings.Join(a.words, " ") != tt.words {
			t.Errorf("%q: code %d, done %v, command %q, words %q", tt.args, code, done, a.command.name, a.words)
		}
		if code == exitUsage && !strings.Contains(errOut.String(), "usage: apigen") {
			t.Errorf("%q: no usage in %q", tt.args, errOut.String())
		}
	}
}

func TestIsVetTool(t *testing.T) {
	for args, want := range map[string]bool{
		"":                          false,
		"-V=full":                   true,
		"-flags":                    true,
		"b001/vet.cfg":              true,
		"-fix -json b001/vet.cfg":   true,
		"token -config prod.cfg":    false,
		"token -config etc/vet.cfg": false,
		"-config prod.cfg":          false,
		"./...":                     false,
		"-flags ./...":              false,
	} {
		if got := isVetTool(strings.Fields(args)); got != want {
			t.Errorf("isVetTool(%q) = %v", args, got)
		}
	}
}

// Every flag belongs to a command, and every flag of a command exists.
func TestFlagsAreListed(t *testing.T) {
	a := &app{}
	fs := a.flagSet()
	listed := map[string]bool{}
	for _, c := range commands() {
		for _, name := range c.flags {
			listed[name] = true
			if fs.Lookup(name) == nil {
				t.Errorf("apigen %s lists -%s, which does not exist", c.name, name)
			}
		}
		if !slices.Contains(c.flags, "C") {
			t.Errorf("apigen %s does not take -C", c.name)
		}
	}
	for _, name := range []string{"C", "tags", "n", "v", "json", "config", "scheme", "claim", "ttl"} {
		if !listed[name] {
			t.Errorf("-%s belongs to no command", name)
		}
	}
}

func TestBytesText(t *testing.T) {
	for n, want := range map[int64]string{1 << 20: "1MiB", 64 << 10: "64KiB", 3 << 30: "3GiB", 1000: "1000B", 1 << 10: "1KiB", 1025: "1025B"} {
		if got := bytesText(n); got != want {
			t.Errorf("bytesText(%d) = %s, want %s", n, got, want)
		}
	}
}
