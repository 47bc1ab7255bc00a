package scale

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

var withPeers = flag.Bool("peers", false, "measure other generators too")

// BenchmarkGenerate runs every generator after an edit of one file, and with
// nothing changed. Times are medians over b.N runs.
func BenchmarkGenerate(b *testing.B) {
	tools := []tool{apigen()}
	if *withPeers {
		tools = append(tools, peers()...)
	}
	for _, n := range []int{10, 100, 1000} {
		for _, t := range tools {
			b.Run(fmt.Sprintf("routes=%d/%s", n, t.name), func(b *testing.B) {
				dir := b.TempDir()
				bin := prepare(b, &t, dir, n)
				b.Run("edit", func(b *testing.B) { measure(b, t, bin, dir, true) })
				b.Run("same", func(b *testing.B) { measure(b, t, bin, dir, false) })
			})
		}
	}
}

// BenchmarkPackages runs apigen over a module of 150 packages, 20 of which have
// routes.
func BenchmarkPackages(b *testing.B) {
	t := apigen()
	t.args, t.edited = []string{"./..."}, "p007/items0.go"
	t.input = func(n int) files { return manyInput(n, 20) }
	dir := b.TempDir()
	bin := prepare(b, &t, dir, 150)
	b.Run("edit", func(b *testing.B) { measure(b, t, bin, dir, true) })
	b.Run("same", func(b *testing.B) { measure(b, t, bin, dir, false) })
}

// prepare lays the input out and runs the tool once, so that what is cached by
// the go command is there.
func prepare(b *testing.B, t *tool, dir string, n int) (bin string) {
	b.Helper()
	var err error
	if t.name == "apigen" {
		bin = buildApigen(b)
		t.env = user(b, dir)
	} else if bin, err = install(t.name); err != nil {
		b.Fatal(err)
	}
	if err := t.lay(dir, n); err != nil {
		b.Fatal(err)
	}
	for range 2 { // the first may change go.sum
		if _, err := t.run(bin, dir); err != nil {
			b.Fatal(err)
		}
	}
	return bin
}

func measure(b *testing.B, t tool, bin, dir string, edit bool) {
	var costs []cost
	for i := range b.N {
		if edit {
			if err := t.edit(dir, i); err != nil {
				b.Fatal(err)
			}
		}
		c, err := t.run(bin, dir)
		if err != nil {
			b.Fatal(err)
		}
		costs = append(costs, c)
	}
	lines, size, err := t.output(dir)
	if err != nil || lines == 0 {
		b.Fatalf("%d lines generated, %v", lines, err)
	}
	b.ReportMetric(0, "ns/op") // a mean says little on a busy machine
	b.ReportMetric(median(costs, func(c cost) float64 { return float64(c.wall) / float64(time.Millisecond) }), "wall-ms")
	b.ReportMetric(median(costs, func(c cost) float64 { return float64(c.cpu) / float64(time.Millisecond) }), "cpu-ms")
	b.ReportMetric(median(costs, func(c cost) float64 { return float64(c.peak) / (1 << 20) }), "peak-MiB")
	b.ReportMetric(float64(lines), "lines")
	b.ReportMetric(float64(size)/(1<<10), "KiB")
}

func median(costs []cost, of func(cost) float64) float64 {
	values := make([]float64, len(costs))
	for i, c := range costs {
		values[i] = of(c)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// buildApigen builds the generator of this repository.
func buildApigen(b *testing.B) string {
	b.Helper()
	bin := filepath.Join(b.TempDir(), "apigen")
	cmd := exec.Command("go", "build", "-o", bin, "./cmd/apigen")
	cmd.Dir = root(b)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return bin
}

func root(b *testing.B) string {
	b.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		b.Fatal(err)
	}
	return dir
}

// user makes dir the module of a user and returns the settings to work in it.
func user(b *testing.B, dir string) []string {
	b.Helper()
	proxy := b.TempDir()
	if err := publish(root(b), proxy); err != nil {
		b.Fatal(err)
	}
	env, err := userEnv(proxy, b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	text := fmt.Sprintf("module scale.example\n\ngo 1.26\n\nrequire %s %s\n", modulePath, releaseVersion)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
	return env
}
