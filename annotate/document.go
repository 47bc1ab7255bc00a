package annotate

import (
	"net/mail"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
)

// documentEndings are those of the files that documents are written to.
var documentEndings = []string{".yaml", ".yml", ".json"}

// document checks the name of a file that is written beside the package. A name
// with folders is refused: what was written there could not be found again, to
// be removed, once the directive names another.
func (p *argParser) document(v *Value, key *Key) {
	before := p.Len()
	p.checkText(v, key, true)
	if p.Len() > before {
		return
	}
	base := path.Base(strings.ReplaceAll(v.Text, `\`, "/"))
	ending := path.Ext(base)
	stem := strings.TrimRight(strings.TrimSuffix(base, ending), ".")
	if stem == "" {
		stem = strings.TrimSuffix(key.Sample, path.Ext(key.Sample))
	}
	switch {
	case base != v.Text:
		p.Errorf(CodeBadValue, v.Span(), "%s names a file in the folder of the package, without a path; write %s=%s, and for other places use apigen openapi -o", key.Name, key.Name, base)
	case ending == "":
		p.Errorf(CodeBadValue, v.Span(), "%s has no ending that tells the format; write %s=%s.yaml or %[2]s=%[3]s.json", key.Name, key.Name, base)
	case !IsDocumentName(base):
		p.Errorf(CodeBadValue, v.Span(), "%s must be a name that ends in .yaml, .yml or .json, which tells the format; write %s=%s.yaml or %[2]s=%[3]s.json", key.Name, key.Name, stem)
	case !portable(base):
		p.Errorf(CodeBadValue, v.Span(), "%s must be a name that every system, go:embed and modules take for a file, such as %s: letters, digits and -_.+, at most %d bytes, no dot at the beginning and no device of Windows", key.Name, key.Sample, maxDocumentName)
	}
}

// maxDocumentName leaves room for the name of a temporary file, within the 255
// bytes that file systems take.
const maxDocumentName = 200

// devices are names that Windows keeps for itself, with any ending.
var devices = []string{"con", "prn", "aux", "nul"}

// portable reports whether all systems take a name for a file. It is stricter
// than modules and go:embed are, which refuse quotes, for instance.
func portable(base string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(base), ".")
	numbered := len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
	odd := strings.ContainsFunc(base, func(r rune) bool {
		return !unicode.IsLetter(r) && !(r <= unicode.MaxASCII && unicode.IsDigit(r)) && !strings.ContainsRune("-_.+", r)
	})
	return stem != "" && base[0] != '-' && !odd && !numbered && !slices.Contains(devices, stem) && len(base) <= maxDocumentName
}

// IsDocumentName reports whether a file of that base name may hold a document.
func IsDocumentName(base string) bool {
	for _, ending := range documentEndings {
		if name, ok := strings.CutSuffix(base, ending); ok && name != "" {
			return true
		}
	}
	return false
}

// url checks an absolute http or https URL, or a path.
func (p *argParser) url(v *Value, key *Key) {
	before := p.Len()
	p.checkText(v, key, true)
	if p.Len() > before {
		return
	}
	u, err := url.Parse(v.Text)
	switch {
	case err != nil || u.Opaque != "" || u.Scheme == "" && !strings.HasPrefix(v.Text, "/") || u.Scheme != "" && u.Host == "":
		p.Errorf(CodeBadValue, v.Span(), "%s must be a URL such as %s, or a path such as /api", key.Name, key.Sample)
	case u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https":
		p.Errorf(CodeBadValue, v.Span(), "%s must begin with https:// or http://", key.Name)
	case u.User != nil:
		p.Errorf(CodeBadValue, v.Span(), "%s holds a user name or password, which everybody could read in the document; remove it", key.Name)
	case u.RawQuery != "" || u.Fragment != "":
		p.Errorf(CodeBadValue, v.Span(), "%s must have no query and no fragment; remove what stands behind ? or #", key.Name)
	}
}

// contact checks an email address or a URL.
func (p *argParser) contact(v *Value, key *Key) {
	if u, err := url.Parse(v.Text); err == nil && u.Scheme != "" && u.Scheme != "mailto" {
		p.url(v, key)
		return
	}
	if a, err := mail.ParseAddress(v.Text); err != nil || a.Address != v.Text {
		p.Errorf(CodeBadValue, v.Span(), "%s must be an email address such as %s, or a URL such as https://example.com/help", key.Name, key.Sample)
	}
}
