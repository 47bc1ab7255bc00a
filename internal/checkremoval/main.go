// Checkremoval proves that every check is tested. A line of the sources that
// ends in a comment //check:name is an if statement, or a case of a switch
// without a tag, that refuses something. One after the other each condition is
// made false, in an overlay that leaves the tree alone, and the tests of the
// package must fail.
//
//	go run ./internal/checkremoval            all checks
//	go run ./internal/checkremoval -run alg   those whose name or file contains alg
//	go run ./internal/checkremoval -list      names and places only
//
// It exits with 1 when a removed check is not missed, and with 2 when it cannot
// tell.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"

	"github.com/apigen-go/apigen/internal/modules"
)

func main() {
	run := flag.String("run", "", "only checks whose `name` or file contains this")
	list := flag.Bool("list", false, "list the checks and run nothing")
	workers := flag.Int("p", 2, "how many run at a time")
	flag.Parse()
	if flag.NArg() > 0 {
		usage(fmt.Errorf("unexpected argument %q: only flags are taken, see -h", flag.Arg(0)))
	}
	if *workers < 1 {
		usage(fmt.Errorf("-p is %d: at least one must run", *workers))
	}
	// The folders of the suites are written as below the root.
	root, err := modules.Root(".")
	if err == nil {
		err = os.Chdir(root)
	}
	if err != nil {
		usage(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	checks, err := find(suites, *run)
	if err != nil {
		usage(err)
	}
	if *list {
		for _, c := range checks {
			fmt.Println(c)
		}
		return
	}
	if err := baseline(ctx, checks); err != nil {
		fmt.Fprintln(os.Stderr, "checkremoval:", err)
		os.Exit(1)
	}
	if survived := removeAll(ctx, checks, *workers); survived > 0 || ctx.Err() != nil {
		os.Exit(1)
	}
}

// usage ends the program because of how it was called.
func usage(err error) {
	fmt.Fprintln(os.Stderr, "checkremoval:", err)
	os.Exit(2)
}

// suites tells which tests answer for the checks of a folder.
var suites = []suite{
	{dir: "runtime/auth", test: []string{"./runtime/auth"}},
	{dir: "runtime/auth/jwks", test: []string{"./runtime/auth/jwks"}},
	{dir: "runtime/genrt", test: []string{"./runtime/genrt"}},
	{dir: "runtime/internal/query", test: []string{"./runtime/internal/query"}},
	{dir: "runtime/jsonrt", test: []string{"./runtime/jsonrt"}},
	{dir: "gen/build", test: []string{"./gen", "./gen/build"}},
	{dir: "gen/gogen", test: []string{"./gen", "./gen/gogen"}},
}

// baseline runs the suites with nothing removed: a test that fails anyway
// proves nothing.
func baseline(ctx context.Context, checks []check) error {
	done := map[string]bool{}
	for _, c := range checks {
		if done[c.suite.dir] {
			continue
		}
		done[c.suite.dir] = true
		if out, err := goTest(ctx, c.suite.test); err != nil {
			return fmt.Errorf("go test %s fails with all checks in place:\n%s", strings.Join(c.suite.test, " "), indent(out))
		}
	}
	return nil
}

// removeAll removes one check at a time and returns how many no test missed.
func removeAll(ctx context.Context, checks []check, workers int) int {
	var mu sync.Mutex
	passed, survived := 0, 0
	next := make(chan check)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for c := range next {
				verdict, out := c.remove(ctx)
				if ctx.Err() != nil {
					continue // the tests were stopped, which says nothing
				}
				mu.Lock()
				fmt.Printf("%-8s %s\n", verdict, c)
				if verdict == noticed {
					passed++
				} else {
					survived++
					fmt.Print(indent(out))
				}
				mu.Unlock()
			}
		})
	}
	for _, c := range checks {
		if ctx.Err() != nil {
			break
		}
		next <- c
	}
	close(next)
	wg.Wait()
	fmt.Printf("%d passed, %d failed\n", passed, survived)
	return survived
}

func indent(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) > 10 {
		lines = lines[len(lines)-10:]
	}
	return "\t" + strings.Join(lines, "\n\t") + "\n"
}
