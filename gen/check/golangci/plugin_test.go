package golangci

import (
	"testing"

	"github.com/golangci/plugin-module-register/register"

	"github.com/apigen-go/apigen/gen/check"
)

func TestPlugin(t *testing.T) {
	newPlugin, err := register.GetPlugin("apigen")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(nil)
	if err != nil {
		t.Fatal(err)
	}
	analyzers, err := p.BuildAnalyzers()
	if err != nil || len(analyzers) != 1 || analyzers[0] != check.Analyzer {
		t.Errorf("analyzers are %v, %v", analyzers, err)
	}
	if p.GetLoadMode() != register.LoadModeTypesInfo {
		t.Errorf("load mode is %s", p.GetLoadMode())
	}
}
