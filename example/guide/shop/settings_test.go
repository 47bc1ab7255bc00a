package shop

import (
	"os"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/config"
)

// What docs/configuration.md says is said of mistakes.
func TestMistakes(t *testing.T) {
	text, err := os.ReadFile("testdata/mistakes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/mistakes.txt")
	if err != nil {
		t.Fatal(err)
	}
	var s Settings
	err = config.Parse("shop.yaml", text, &s, config.Env("SHOP"), config.Environ([]string{"SHOP_AUTH_ACCES_EXPIRE=900"}))
	if err == nil || err.Error() != strings.TrimSpace(string(want)) {
		t.Errorf("got %v\nwant %s", err, want)
	}
}
