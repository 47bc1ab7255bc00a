// Command apigen-diff compares two OpenAPI documents for apigen diff and apigen
// check -base, which look for it among the tools of a module and on PATH:
//
//	go get -tool github.com/apigen-go/apigen/gen/diff/apigen-diff
//
// It takes two files and prints a diff.Report as JSON. The exit code is 0 when
// they were compared and 2 when they were not; the report says why.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/apigen-go/apigen/gen/diff"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errOut io.Writer) int {
	flags := flag.NewFlagSet("apigen-diff", flag.ContinueOnError)
	flags.SetOutput(errOut)
	flags.Usage = func() {
		fmt.Fprintln(errOut, "usage: apigen-diff [-alone-old] [-alone-new] old new\nprints JSON; apigen diff is made for people")
		flags.PrintDefaults()
	}
	var old, revised diff.Source
	flags.BoolVar(&old.Alone, "alone-old", false, "the old document may refer to no other file")
	flags.BoolVar(&revised.Alone, "alone-new", false, "the new document may refer to no other file")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() != 2 {
		flags.Usage()
		return 2
	}
	old.File, revised.File = flags.Arg(0), flags.Arg(1)
	report, err := diff.Compare(old, revised)
	code := 0
	if err != nil {
		failure := &diff.Failure{Message: err.Error()}
		errors.As(err, &failure)
		report, code = &diff.Report{Protocol: diff.Protocol, Changes: []diff.Change{}, Failure: failure}, 2
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(report); err != nil {
		fmt.Fprintln(errOut, "apigen-diff:", err)
		return 2
	}
	return code
}
