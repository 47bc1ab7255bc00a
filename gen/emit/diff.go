package emit

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// Diff renders the changes as a unified diff, file names relative to dir. It
// is empty when nothing changes.
func Diff(dir string, changes []Change) string {
	var b strings.Builder
	for _, c := range changes {
		name := relative(dir, c.Path)
		from, to := "a/"+name, "b/"+name
		switch c.Action {
		case Unchanged:
			continue
		case Create:
			from = "/dev/null"
		case Remove:
			to = "/dev/null"
		}
		b.WriteString(udiff.Unified(from, to, string(unix(c.Old)), string(unix(c.New))))
	}
	return b.String()
}
