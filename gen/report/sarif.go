package report

import (
	"go/token"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// The parts of SARIF 2.1.0 (OASIS Standard, 27 March 2020) that a report of
// apigen has. Section numbers are those of the standard.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct { // 3.14
		Tool       sarifTool            `json:"tool"`
		BaseIDs    map[string]sarifFile `json:"originalUriBaseIds"`
		Results    []sarifResult        `json:"results"`
		ColumnKind string               `json:"columnKind"`
	}
	sarifTool struct { // 3.18
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct { // 3.19
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct { // 3.49
		ID    string    `json:"id"`
		Short sarifText `json:"shortDescription"`
		Full  sarifText `json:"fullDescription"`
		Help  string    `json:"helpUri"`
	}
	sarifText struct { // 3.11
		Text string `json:"text"`
	}
	sarifResult struct { // 3.27
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifLocation struct { // 3.28
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct { // 3.29
		File   sarifFile    `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	}
	sarifFile struct { // 3.4
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct { // 3.30
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifFix struct { // 3.55
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct { // 3.56
		File         sarifFile          `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct { // 3.57
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	home        = "https://github.com/apigen-go/apigen"
	// baseID stands for the folder of the call (3.14.14).
	baseID = "SRCROOT"
)

// SARIF writes the diagnostics as a log of SARIF 2.1.0, names of files relative
// to dir. The version is that of apigen.
func SARIF(w io.Writer, dir, version string, diags []annotate.Diagnostic) error {
	s := &sarifWriter{dir: dir, sources: sources{read: os.ReadFile}}
	run := sarifRun{
		BaseIDs:    map[string]sarifFile{baseID: {URI: strings.TrimSuffix(fileURI(dir), "/") + "/"}},
		Results:    []sarifResult{},
		ColumnKind: "unicodeCodePoints",
	}
	rules := sarifRules(diags)
	for _, d := range diags {
		run.Results = append(run.Results, s.result(d, rules))
	}
	run.Tool.Driver = sarifDriver{Name: "apigen", Version: version, URI: home, Rules: rules}
	return encode(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// sarifRules lists the codes of the diagnostics.
func sarifRules(diags []annotate.Diagnostic) []sarifRule {
	rules := []sarifRule{}
	for _, d := range diags {
		i, found := ruleIndex(rules, d.Code)
		if found {
			continue
		}
		c, _ := annotate.LookupCode(d.Code)
		text, _, _ := strings.Cut(c.Text, "\n\n")
		if text == "" {
			text = c.Title
		}
		rules = slices.Insert(rules, i, sarifRule{
			ID: d.Code, Short: sarifText{c.Title}, Full: sarifText{text},
			Help: home + "/blob/main/docs/diagnostics.md#" + strings.ToLower(d.Code),
		})
	}
	return rules
}

func ruleIndex(rules []sarifRule, code string) (int, bool) {
	return slices.BinarySearchFunc(rules, code, func(r sarifRule, code string) int { return strings.Compare(r.ID, code) })
}

type sarifWriter struct {
	dir string
	sources
}

func (s *sarifWriter) result(d annotate.Diagnostic, rules []sarifRule) sarifResult {
	r := sarifResult{RuleID: d.Code, Level: "error", Message: sarifText{d.Message}}
	r.RuleIndex, _ = ruleIndex(rules, d.Code)
	if d.Pos.Filename != "" {
		r.Locations = []sarifLocation{s.location(d.Pos, d.End, "")}
	}
	for _, rel := range d.Related {
		if rel.Pos.Filename != "" {
			r.Related = append(r.Related, s.location(rel.Pos, rel.Pos, rel.Message))
		}
	}
	for _, f := range d.Fixes {
		r.Fixes = append(r.Fixes, s.fix(f))
	}
	return r
}

func (s *sarifWriter) location(pos, end token.Position, message string) sarifLocation {
	l := sarifLocation{Physical: sarifPhysical{File: s.file(pos.Filename)}}
	if pos.Line > 0 {
		region := s.region(pos, end)
		l.Physical.Region = &region
	}
	if message != "" {
		l.Message = &sarifText{message}
	}
	return l
}

func (s *sarifWriter) region(pos, end token.Position) sarifRegion {
	r := sarifRegion{StartLine: pos.Line, StartColumn: s.column(pos)}
	if end.IsValid() && end.Filename == pos.Filename {
		r.EndLine, r.EndColumn = end.Line, s.column(end)
	}
	return r
}

// file is relative to the folder of the call where it lies below it.
func (s *sarifWriter) file(name string) sarifFile {
	if rel := slashed(s.dir, name); !filepath.IsAbs(filepath.FromSlash(rel)) {
		return sarifFile{URI: (&url.URL{Path: rel}).String(), BaseID: baseID}
	}
	return sarifFile{URI: fileURI(name)}
}

func fileURI(name string) string {
	path := filepath.ToSlash(name)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/x
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func (s *sarifWriter) fix(f annotate.Fix) sarifFix {
	fix := sarifFix{Description: sarifText{f.Message}}
	byFile := map[string]int{}
	for _, e := range f.Edits {
		i, ok := byFile[e.Pos.Filename]
		if !ok {
			i = len(fix.Changes)
			byFile[e.Pos.Filename] = i
			fix.Changes = append(fix.Changes, sarifChange{File: s.file(e.Pos.Filename)})
		}
		fix.Changes[i].Replacements = append(fix.Changes[i].Replacements, sarifReplacement{s.region(e.Pos, e.End), sarifText{e.New}})
	}
	return fix
}
