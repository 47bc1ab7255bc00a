// Package sample writes the configuration file that a generated service starts
// from.
package sample

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// What is commented out in these has its default behind the colon, or where it
// has none, an example.
var (
	//go:embed server.yaml
	serverText string
	//go:embed scheme.yaml
	schemeText string
)

// YAML returns a commented configuration for the services of the packages. It
// loads once the secrets of its schemes, which are empty, are set: into a
// struct that embeds config.Server, as long as nothing of the server is written
// also into one that does not. Without a scheme the Name of the server is
// written.
func YAML(packages ...*model.Package) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Configuration of %s.\n", title(packages))
	b.WriteString("# What is commented out has a default.\n\n")
	names := schemes(packages)
	if len(names) == 0 { // a file of comments alone is an empty one
		b.WriteString(strings.Replace(serverText, "# Name: api", "Name: "+packages[0].Name, 1))
	} else {
		b.WriteString(serverText)
	}
	for _, s := range names {
		fmt.Fprintf(&b, "\n# The tokens of scheme %s.\n%s:\n%s", s, s, schemeText)
	}
	return b.String()
}

// JSON returns the part of the configuration that has no default. JSON has no
// comments.
func JSON(packages ...*model.Package) string {
	var members []string
	for _, s := range schemes(packages) {
		members = append(members, fmt.Sprintf("  %q: {\n    \"AccessSecret\": \"\",\n    \"AccessExpire\": \"15m\"\n  }", s))
	}
	if len(members) == 0 {
		return "{}\n"
	}
	return "{\n" + strings.Join(members, ",\n") + "\n}\n"
}

// schemes lists the names of the schemes of all packages. Schemes of the same
// name in two packages are one to the file.
func schemes(packages []*model.Package) []string {
	var names []string
	for _, p := range packages {
		for _, s := range p.Schemes {
			names = append(names, s.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// title names the services.
func title(packages []*model.Package) string {
	var names []string
	for _, p := range packages {
		name := p.Service.Name
		if name == "" {
			name = p.Name
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}
