package leaks

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/apigen-go/apigen/internal/modules"
)

func TestNew(t *testing.T) {
	tree := fstest.MapFS{
		"a/a_test.go":   {Data: []byte("c := Config{AccessSecret: \"composite-0123456789-0123456789\"}\nconst previous = `raw-0123456789-0123456789-01234`\nsecret := strings.Repeat(\"x\", 32)\n")},
		"b/config.json": {Data: []byte(`{"Auth": {"AccessSecret":"json-0123456789-0123456789-0123"}}`)},
		"c/config.yaml": {Data: []byte("Auth:\n  AccessSecret: yaml-0123456789-0123456789-0123\n  # AccessSecret: ${SECRET_THAT_STANDS_IN_THE_ENVIRONMENT}\n")},
		"d/x.txtar":     {Data: []byte("-- c.json --\n{\"PrevSecrets\": [\"list-0123456789-0123456789-0123\"]}\nenv APP_AUTH_ACCESS_SECRET=env-0123456789-0123456789-01234\n")},
		"e/main.go":     {Data: []byte("secret = c.Auth.AccessSecretOfTheServiceBefore\nsecret = \"short\"\n")},
		"f/image.png":   {Data: []byte("AccessSecret: png-0123456789-0123456789-0123\n")},
	}
	s, err := New(tree)
	if err != nil {
		t.Fatal(err)
	}
	var begins []string
	for _, secret := range s.secrets {
		begins = append(begins, strings.SplitN(secret, "-", 2)[0])
	}
	if got := strings.Join(begins, " "); got != "composite env json list raw yaml" {
		t.Errorf("found %q in %d secrets", got, s.Secrets())
	}
}

func TestFind(t *testing.T) {
	s := &Scanner{secrets: []string{"0123456789abcdef0123456789abcdef"}}
	for _, c := range []struct{ text, want string }{
		{"nothing here", ""},
		{`{"AccessSecret":"0123456789abcdef0123456789abcdef"}`, `a secret of 32 bytes that begins with "0123"`},
		{"0123456789abcdef0123456789abcde", ""},
		// {"alg":"HS256","typ":"JWT"}
		{"Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ", "a token of 75 bytes"},
		// Its header is {"typ":"JWT"}, which is none.
		{"eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ", ""},
		{"eyelashes-are-not.a-token.although-it-looks-like", ""},
	} {
		got := s.Find([]byte(c.text))
		if got != c.want && !(strings.HasPrefix(c.want, "a token") && strings.HasPrefix(got, "a token")) {
			t.Errorf("%s\n got %q, want %q", c.text, got, c.want)
		}
		if len(got) > 0 && strings.Contains(got, "0123456789") {
			t.Errorf("%q repeats the secret", got)
		}
	}
}

// The repository has secrets to look for; a scan for none would find nothing.
func TestTree(t *testing.T) {
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	for _, known := range []string{"0123456789abcdef0123456789abcdef", "development-only-"} {
		found := false
		for _, secret := range s.secrets {
			found = found || strings.HasPrefix(secret, known)
		}
		if !found {
			t.Errorf("no secret that begins with %q is found in the tree", known[:4])
		}
	}
}
