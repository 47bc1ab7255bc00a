package auth

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// A key where the name of its file belongs is in no error, and in nothing that is
// printed.
func TestKeyWhereItsFileBelongs(t *testing.T) {
	k := newSigner(t, "ES256")
	lines := strings.Split(strings.TrimSpace(privatePEM(t, k)), "\n")
	body := strings.Join(lines[1:len(lines)-1], "")
	for _, text := range []string{
		privatePEM(t, k), "\n " + privatePEM(t, k), strings.Join(lines, `\n`), strings.Join(lines, " "),
		body, strings.Join(lines[1:len(lines)-1], "\n"), " " + body,
		`{"crv":"P-256","d":"` + body + `"}`,
	} {
		for field, c := range map[string]Config{
			"PrivateKeyFile":           {PrivateKeyFile: text},
			"PublicKeyFile":            {PublicKeyFile: text},
			"Issuers[0].PublicKeyFile": {AccessSecret: secret, Issuer: "a", Issuers: []Trusted{{Issuer: "b", PublicKeyFile: text}}},
		} {
			err := c.Validate()
			if err == nil || !strings.Contains(err.Error(), field+": expected the name of a file, got what looks like the key itself: write it to a file") {
				t.Errorf("%s: got %v", field, err)
			}
			asJSON, _ := json.Marshal(c)
			shown := fmt.Sprint(err, c, string(asJSON))
			if strings.Contains(shown, body[:20]) || !strings.Contains(shown, hidden) {
				t.Errorf("%s: shown as %s", field, shown)
			}
		}
	}
}

// What may be secret in a URL is not printed; the rest is.
func TestURLIsShownWithoutSecrets(t *testing.T) {
	for url, want := range map[string]string{
		"https://login.example.com/keys":                   "https://login.example.com/keys",
		"https://me:SENSITIVE@login.example.com/":          "https://login.example.com/",
		"https://login.example.com/keys?token=SENSITIVE":   "https://login.example.com/keys?" + hidden,
		"https://login.example.com/%zz?token=SENSITIVE":    hidden,
		"https://me:SENSITIVE@login.example.com:port/keys": hidden,
	} {
		for _, shown := range []string{
			Config{JWKSURL: url}.String(), Config{Issuers: []Trusted{{JWKSURL: url}}}.String(),
		} {
			if !strings.Contains(shown, "JWKSURL:"+want+" ") || strings.Contains(shown, "SENSITIVE") {
				t.Errorf("got %s, want %s", shown, want)
			}
		}
	}
}
