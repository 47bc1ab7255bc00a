package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/apigen-go/apigen/annotate"
)

// runHelp explains apigen, a command or a directive.
func runHelp(_ context.Context, a *app) int {
	if len(a.words) == 0 {
		a.overview()
		return exitOK
	}
	if len(a.words) > 1 {
		return a.usageError("help takes one command or directive")
	}
	word := a.words[0]
	name := strings.TrimPrefix(strings.TrimPrefix(word, "//"), "api:")
	if c := findCommand(word); c != nil && c.name != "" {
		a.commandHelp(c)
		return exitOK
	}
	if spec := annotate.Lookup(name); spec != nil {
		a.directiveHelp(spec)
		return exitOK
	}
	known := []string{}
	for _, c := range commands()[1:] {
		known = append(known, c.name)
	}
	for i := range annotate.Schema {
		known = append(known, annotate.Schema[i].Name)
	}
	hint := ""
	if s := annotate.Suggest(name, known); s != "" {
		hint = "; did you mean " + s + "?"
	}
	return a.usageError("there is no command and no directive %s%s", word, hint)
}

func (a *app) overview() {
	fmt.Fprint(a.out, "apigen generates HTTP servers from annotated Go packages.\n\nusage:\n")
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, c := range commands() {
		fmt.Fprintf(w, "  apigen %s\t%s\n", c.usage, c.short)
	}
	_ = w.Flush()
	fmt.Fprint(a.out, "\ndirectives:\n")
	for i := range annotate.Schema {
		if spec := &annotate.Schema[i]; !spec.Later {
			fmt.Fprintf(w, "  //api:%s\ton %s\n", spec.Name, spec.On)
		}
	}
	_ = w.Flush()
	fmt.Fprint(a.out, "\nFlags may stand before and behind the command. A package in a folder with the\nname of a command is written ./check.\n\nexit codes: 0 done, 1 mistakes in the source or drift, 2 wrong usage or a failure\n")
}

// commandHelp explains one command and its flags.
func (a *app) commandHelp(c *command) {
	fmt.Fprintf(a.out, "usage: apigen %s\n\n%s%s.\n\n", c.usage, strings.ToUpper(c.short[:1]), c.short[1:])
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	a.flagSet().VisitAll(func(f *flag.Flag) {
		if !slices.Contains(c.flags, f.Name) {
			return
		}
		name, usage := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0s" {
			usage += " (default " + f.DefValue + ")"
		}
		fmt.Fprintf(w, "  -%s\t%s\n", strings.TrimSpace(f.Name+" "+name), usage)
	})
	_ = w.Flush()
}

// directiveHelp explains one directive from the schema table.
func (a *app) directiveHelp(spec *annotate.Spec) {
	line := "//api:" + spec.Name
	if spec.Sample != "" {
		line += " " + spec.Sample
	}
	fmt.Fprintf(a.out, "%s\n\nStands on %s. %s\n", line, spec.On, plain(spec.Doc))
	if spec.Later {
		fmt.Fprint(a.out, "It is not supported yet.\n")
		return
	}
	if len(spec.Positional)+len(spec.Keys) > 0 {
		fmt.Fprint(a.out, "\n")
	}
	for i := range spec.Positional {
		k := &spec.Positional[i]
		name := strings.ToUpper(k.Name)
		if k.Optional {
			name = "[" + name + "]"
		}
		fmt.Fprintf(a.out, "  %s\n      %s\n", name, plain(k.Doc))
	}
	for i := range spec.Keys {
		k := &spec.Keys[i]
		if k.Later {
			continue
		}
		fmt.Fprintf(a.out, "  %s\n      %s\n", keyForm(k), plain(k.Doc))
	}
}

// keyForm shows how a key is written.
func keyForm(k *annotate.Key) string {
	switch {
	case k.Type == annotate.Flag:
		return k.Name
	case len(k.Values) > 0:
		return k.Name + "=" + strings.Join(k.Values, "|")
	case k.Sample != "":
		return k.Name + "=" + k.Sample
	}
	return k.Name + "=…"
}

// plain drops the backquotes that set code apart in the documentation.
func plain(doc string) string { return strings.ReplaceAll(doc, "`", "") }
