package genrt

import (
	"strings"
	"testing"
)

func TestEmail(t *testing.T) {
	good := []string{"a@b", "alice@example.com", "alice.b+tag@sub.example.com", "o'hara@example.com", "用户@例子.广告"}
	bad := []string{
		"", " ", "@", "a", "a@", "@b", "a b@c", "a@b c", "a@@b", "a@b@c", "a.@b", ".a@b", "a..b@c",
		"Alice <alice@example.com>", "<alice@example.com>", "alice@example.com ", " alice@example.com",
		"alice@example.com (work)", "(c)alice@example.com", "alice@example.com\r\nBcc: x@y", "a@b,c@d", "alice@example.com.",
		"a\x00@b", "a@\xff", strings.Repeat("a", 300) + "@example.com",
	}
	for _, s := range good {
		if !Email(s) {
			t.Errorf("Email(%q) = false", s)
		}
	}
	for _, s := range bad {
		if Email(s) {
			t.Errorf("Email(%q) = true", s)
		}
	}
}
