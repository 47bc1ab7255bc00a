// Package leaks looks for secrets and tokens in what tests print. What the tests
// of this repository let slip, a service would let slip into its logs.
package leaks

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Scanner finds the secrets of a tree and tokens of any origin.
type Scanner struct{ secrets []string }

// minSize is the least length of a secret that is looked for: shorter ones are
// words that stand in output for other reasons.
const minSize = 24

// assigned matches a secret where source, configuration or a script names it
// one.
var assigned = regexp.MustCompile(`(?i)(?:secret|previous|password)\w*"?\s*(?::=|[:=])\s*(?:\[\]string\{|\[)?\s*["'` + "`" + `]?([^\s"'` + "`" + `,;<>(){}\[\]]{` + fmt.Sprint(minSize) + `,})`)

// texts are the files that can hold one.
var texts = []string{".go", ".json", ".yaml", ".yml", ".txtar", ".md", ".env", ".sh"}

// New reads the secrets that the files of a tree hold.
func New(tree fs.FS) (*Scanner, error) {
	found := map[string]bool{}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case d.IsDir() || !slices.Contains(texts, path.Ext(name)):
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		for _, m := range assigned.FindAllSubmatch(text, -1) {
			if isSecret(string(m[1])) {
				found[string(m[1])] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s := &Scanner{}
	for secret := range found {
		s.secrets = append(s.secrets, secret)
	}
	slices.Sort(s.secrets)
	return s, nil
}

// isSecret tells a value from a reference to one: strings.Repeat, ${NAME},
// c.Auth.AccessSecret.
func isSecret(text string) bool {
	return !strings.ContainsAny(text, "$…") && !reference.MatchString(text)
}

var reference = regexp.MustCompile(`^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$`)

// token matches what may be a JWS in its compact form (RFC 7515 section 7.1).
var token = regexp.MustCompile(`(ey[A-Za-z0-9_-]{8,})\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]{16,}`)

// Find says what of a secret or a token stands in text, without repeating it,
// or is empty.
func (s *Scanner) Find(text []byte) string {
	for _, secret := range s.secrets {
		if bytes.Contains(text, []byte(secret)) {
			return fmt.Sprintf("a secret of %d bytes that begins with %q", len(secret), secret[:4])
		}
	}
	for _, m := range token.FindAllSubmatch(text, -1) {
		if isHeader(m[1]) {
			return fmt.Sprintf("a token of %d bytes", len(m[0]))
		}
	}
	return ""
}

// isHeader reports whether text is the header of a token.
func isHeader(text []byte) bool {
	raw, err := base64.RawURLEncoding.DecodeString(string(text))
	var header struct {
		Alg *string `json:"alg"`
	}
	return err == nil && json.Unmarshal(raw, &header) == nil && header.Alg != nil
}

// Secrets tells how many secrets are looked for.
func (s *Scanner) Secrets() int { return len(s.secrets) }
