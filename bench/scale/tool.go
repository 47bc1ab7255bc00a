package scale

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// tool is a generator with its input for n routes.
type tool struct {
	name  string
	input func(n int) files
	// args are those of a run in the folder of the input.
	args []string
	// edited is the file that an edit changes, comment its sign of a comment.
	edited, comment string
	// written tells whether a file below the folder was generated.
	written func(name string) bool
	env     []string
}

func apigen() tool {
	return tool{
		name: "apigen", input: apigenInput, args: []string{"."}, edited: "items0.go", comment: "//",
		written: func(name string) bool { return strings.HasSuffix(name, "_gen.go") },
	}
}

// peers are run as their documentation says, for the kind of server they are
// known for. swag writes no code, only the documentation.
func peers() []tool {
	notInput := func(names ...string) func(string) bool {
		return func(name string) bool {
			for _, n := range names {
				if name == n {
					return false
				}
			}
			return true
		}
	}
	return []tool{
		{"goctl", goctlInput, []string{"api", "go", "-api", "items.api", "-dir", "out"}, "items.api", "//", notInput("items.api"), nil},
		{"oapi-codegen", openapiInput, []string{"-generate", "types,std-http-server,strict-server", "-package", "api", "-o", "api.gen.go", "openapi.yaml"}, "openapi.yaml", "#", notInput("openapi.yaml", "go.mod"), nil},
		{"ogen", openapiInput, []string{"-clean", "-package", "api", "-target", "api", "openapi.yaml"}, "openapi.yaml", "#", notInput("openapi.yaml", "go.mod"), nil},
		{"swag", swagInput, []string{"init", "-q"}, "items0.go", "//", func(name string) bool { return strings.HasPrefix(name, "docs") }, nil},
	}
}

// lay writes the input into dir.
func (t tool) lay(dir string, n int) error {
	for name, text := range t.input(n) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// edit changes a comment at the end of the input, each time in another way.
func (t tool) edit(dir string, count int) error {
	f, err := os.OpenFile(filepath.Join(dir, t.edited), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "\n%s edit %d\n", t.comment, count)
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// cost is what one run took.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes of memory, of the largest process; 0 where the system does not tell
}

// run runs the tool. Time and memory are those of the process and of all that it
// started.
func (t tool) run(bin, dir string) (cost, error) {
	cmd := exec.Command(bin, t.args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), t.env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	c := cost{wall: time.Since(start)}
	if err != nil {
		return c, fmt.Errorf("%s: %w\n%s", t.name, err, out.String())
	}
	c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	c.peak = peakMemory(cmd.ProcessState)
	return c, nil
}

// output counts what was generated below dir.
func (t tool) output(dir string) (lines, size int, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil || !t.written(filepath.ToSlash(rel)) {
			return err
		}
		src, err := os.ReadFile(path)
		lines += bytes.Count(src, []byte("\n"))
		size += len(src)
		return err
	})
	return lines, size, err
}
