package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen/diff"
)

const doc = `openapi: "3.1.1"
info: {title: T, version: "1"}
paths:
  /a:
    get:
      responses:
        "200": {description: OK}
`

func called(t *testing.T, args ...string) (code int, report diff.Report, errOut string) {
	t.Helper()
	var out, e bytes.Buffer
	code = run(args, &out, &e)
	if out.Len() > 0 {
		if err := json.Unmarshal(out.Bytes(), &report); err != nil {
			t.Fatalf("%v in %s", err, out.String())
		}
	}
	return code, report, e.String()
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	old, revised := filepath.Join(dir, "old.yaml"), filepath.Join(dir, "new.yaml")
	for file, text := range map[string]string{old: doc, revised: strings.Replace(doc, "  /a:", "  /b:", 1)} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, report, _ := called(t, old, revised)
	if code != 0 || report.Failure != nil || len(report.Changes) != 2 || report.Changes[0].Text != "the operation is gone" {
		t.Errorf("code %d, report %+v", code, report)
	}
	if code, report, _ := called(t, old, old); code != 0 || report.Changes == nil || len(report.Changes) != 0 {
		t.Errorf("of nothing: code %d, report %+v", code, report)
	}
	code, report, _ = called(t, old, filepath.Join(dir, "none.yaml"))
	if code != 2 || report.Failure == nil || report.Failure.Side != diff.New || report.Protocol != diff.Protocol {
		t.Errorf("of a missing file: code %d, report %+v", code, report)
	}
	for _, args := range [][]string{{}, {old}, {"-x", old, revised}} {
		if code, _, errOut := called(t, args...); code != 2 || !strings.Contains(errOut, "usage: apigen-diff") {
			t.Errorf("%q: code %d, %s", args, code, errOut)
		}
	}
}
