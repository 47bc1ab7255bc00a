package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/apigen-go/apigen/annotate"
)

// app is one call of apigen.
type app struct {
	out, err io.Writer
	command  *command
	words    []string // what stands behind the command and is no flag
	wd       string   // after -C

	dir, tags       string
	dryRun, verbose bool
	json, sarif     bool
	model           bool
	openapi, format string
	output, base    string
	color           string
	max             int
	token           tokenFlags
}

// command is a subcommand.
type command struct {
	name  string
	usage string // behind "apigen "
	short string
	flags []string
	run   func(context.Context, *app) int
}

// commands lists the subcommands; the first is what runs without a name.
func commands() []*command {
	return []*command{
		{"", "[flags] [packages]", "generate for the packages that match, . without any", source("n", "json", "sarif", "dump-model"), runGenerate},
		{"check", "check [flags] [packages]", "show as a diff what generating would change; exit code 1 when it would, and with -base when it breaks clients", source("json", "sarif", "base"), runCheck},
		{"vet", "vet [flags] [packages]", "report mistakes and write nothing; exit code 1 when there are any", source("json", "sarif"), runVet},
		{"fix", "fix [flags] [packages]", "repair in the source what can be repaired without a choice", source("n"), runFix},
		{"explain", "explain [code]", "explain a code such as AG103 with examples; without one, list them", []string{"C"}, runExplain},
		{"routes", "routes [flags] [packages]", "list the routes, those open to everyone first", source("json"), runRoutes},
		{"openapi", "openapi [flags] [packages]", "print the OpenAPI document of the packages together", source("version", "format", "o"), runOpenAPI},
		{"diff", "diff [flags] old [new|packages]", "tell what changes between two OpenAPI documents mean for clients; exit code 1 when some break", []string{"C", "tags", "v", "color", "max", "json"}, runDiff},
		{"config", "config [flags] [packages]", "print a configuration file with comments; it loads once its secrets are set", source("json"), runConfig},
		{"init", "init [-n] [folder]", "write a first service: a package, a command and its configuration; overwrites nothing", []string{"C", "n"}, runInit},
		{"token", "token -config file [flags]", "print a token for development", []string{"C", "config", "scheme", "claim", "ttl"}, runToken},
		{"version", "version", "print the version of apigen", []string{"C"}, runVersion},
		{"help", "help [command|directive]", "explain a command or a directive", []string{"C"}, runHelp},
	}
}

// source lists the flags of a command that reads packages.
func source(more ...string) []string {
	return append([]string{"C", "tags", "v", "color", "max"}, more...)
}

func findCommand(name string) *command {
	for _, c := range commands() {
		if c.name == name {
			return c
		}
	}
	return nil
}

// flagSet binds the flags of all commands, so that they may stand before the
// command's name.
func (a *app) flagSet() *flag.FlagSet {
	fs := flag.NewFlagSet("apigen", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&a.dir, "C", "", "change to `dir` first")
	fs.StringVar(&a.tags, "tags", "", "build `tags`, separated by commas")
	fs.BoolVar(&a.dryRun, "n", false, "print what would be written, write nothing")
	fs.BoolVar(&a.verbose, "v", false, "print how long each phase takes")
	fs.BoolVar(&a.json, "json", false, "print JSON")
	fs.BoolVar(&a.sarif, "sarif", false, "print mistakes as SARIF 2.1.0")
	fs.BoolVar(&a.model, "dump-model", false, "print the model of the packages as JSON, write nothing; docs/model.md describes it")
	fs.StringVar(&a.openapi, "version", "", "OpenAPI `version` of the document: 3.1 or 3.0 (default 3.1)")
	fs.StringVar(&a.format, "format", "", "`format` of the document: yaml or json (default yaml, or by the ending of -o)")
	fs.StringVar(&a.output, "o", "", "write to `file`, unless it holds what apigen did not write; - prints")
	fs.StringVar(&a.base, "base", "", "OpenAPI `document` of what was released, a file or REV:path: clients of it must not break")
	fs.StringVar(&a.color, "color", "auto", "`when` to show mistakes in colour with their source: auto, always or never")
	fs.IntVar(&a.max, "max", 20, "show at most `n` mistakes a package; 0 shows all")
	fs.StringVar(&a.token.config, "config", "", "YAML or JSON `file` that the service reads its configuration from")
	fs.StringVar(&a.token.scheme, "scheme", "Auth", "`name` of the scheme; Outer.Auth where it stands inside Outer")
	fs.Var(&a.token.claims, "claim", "claim as `name=value`, repeatable; a value that reads as JSON is JSON, else a string")
	fs.Func("ttl", "`time` the token is valid, such as 15m; the configuration's when left out", a.token.setTTL)
	return fs
}

// parse reads the command line. It reports done when there is nothing to run.
func (a *app) parse(args []string) (code int, done bool) {
	fs := a.flagSet()
	words, err := interspersed(fs, args)
	a.command = commands()[0]
	if len(words) > 0 {
		if c := findCommand(words[0]); c != nil && c.name != "" {
			a.command, words = c, words[1:]
		}
	}
	a.words = words
	if errors.Is(err, flag.ErrHelp) {
		a.commandHelp(a.command)
		return exitOK, true
	}
	if err == nil {
		err = a.checkFlags(fs)
	}
	if err == nil && a.command.name == "" {
		err = misspelled(words)
	}
	if err != nil && strings.HasSuffix(err.Error(), ": -version") && a.command.name == "" {
		err = errors.New("-version is that of an OpenAPI document; apigen version prints the version of apigen")
	}
	if err != nil {
		fmt.Fprintf(a.err, "apigen: %v\nusage: apigen %s\nrun apigen help for more\n", err, a.command.usage)
		return exitUsage, true
	}
	return 0, false
}

// misspelled refuses a first word that is the name of a command but for a slip.
func misspelled(words []string) error {
	if len(words) == 0 || strings.ContainsAny(words[0], "./\\") {
		return nil
	}
	names := []string{}
	for _, c := range commands()[1:] {
		names = append(names, c.name)
	}
	meant := annotate.Suggest(words[0], names)
	if meant == "" {
		return nil
	}
	return fmt.Errorf("there is no command %s; did you mean %s? A package in a folder of that name is written ./%s", words[0], meant, words[0])
}

// interspersed parses flags wherever they stand, up to --, and returns the
// other words.
func interspersed(fs *flag.FlagSet, args []string) (words []string, err error) {
	for {
		if err := fs.Parse(args); err != nil {
			return words, err
		}
		rest := fs.Args()
		if len(rest) == 0 {
			return words, nil
		}
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(words, rest...), nil
		}
		words, args = append(words, rest[0]), rest[1:]
	}
}

// checkFlags refuses flags that the command does not have.
func (a *app) checkFlags(fs *flag.FlagSet) (err error) {
	fs.Visit(func(f *flag.Flag) {
		if err == nil && !slices.Contains(a.command.flags, f.Name) {
			err = fmt.Errorf("-%s is no flag of %s", f.Name, strings.TrimSpace("apigen "+a.command.name))
		}
		// A variable that is not set must not turn off what it was written for.
		if err == nil && f.Value.String() == "" && (f.Name == "base" || f.Name == "o") {
			err = fmt.Errorf("-%s is empty; name a file, or leave the flag out", f.Name)
		}
	})
	switch {
	case err != nil:
	case a.json && a.sarif:
		err = errors.New("-json and -sarif exclude each other")
	case !slices.Contains([]string{"", "auto", "always", "never"}, a.color):
		err = fmt.Errorf("-color is auto, always or never, not %q", a.color)
	case a.max < 0:
		err = errors.New("-max is 0 or more")
	}
	return err
}

// enter changes to the folder of -C and notes where apigen runs.
func (a *app) enter() (err error) {
	if a.dir != "" {
		if err := os.Chdir(a.dir); err != nil {
			return err
		}
	}
	a.wd, err = os.Getwd()
	return err
}

// fail reports what is no fault of the source.
func (a *app) fail(err error) int {
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted")
		if a.command.name != "fix" { // which writes in several rounds
			err = errors.New("interrupted, nothing was changed")
		}
	}
	fmt.Fprintf(a.err, "apigen: %v\n", err)
	return exitUsage
}

// usageError reports a wrong call.
func (a *app) usageError(format string, args ...any) int {
	fmt.Fprintf(a.err, "apigen: %s\nusage: apigen %s\n", fmt.Sprintf(format, args...), a.command.usage)
	return exitUsage
}

// setTTL takes whole seconds: times in tokens have no fractions here.
func (f *tokenFlags) setTTL(text string) error {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return errors.New("expected a time with its unit, such as 90s or 15m")
	case d < time.Second || d%time.Second != 0:
		return errors.New("expected whole seconds, at least 1s, such as 90s or 15m")
	}
	f.ttl = d
	return nil
}

type tokenFlags struct {
	config, scheme string
	claims         claimFlags
	ttl            time.Duration
}
