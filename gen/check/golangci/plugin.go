// Package golangci makes the analyzer of package check a linter of
// golangci-lint, as a module plugin: golangci-lint custom builds it in when
// .custom-gcl.yml names this module.
package golangci

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/apigen-go/apigen/gen/check"
)

func init() {
	register.Plugin("apigen", New)
}

type plugin struct{}

// New implements [register.NewPlugin]. The linter has no settings.
func New(any) (register.LinterPlugin, error) { return plugin{}, nil }

// BuildAnalyzers implements [register.LinterPlugin].
func (plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{check.Analyzer}, nil
}

// GetLoadMode implements [register.LinterPlugin]: the analyzer asks for the types
// of what a package imports.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
