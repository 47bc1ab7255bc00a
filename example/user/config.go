package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/example/user/api"
)

// shipped is the configuration used without the flag -f.
//
//go:embed config.json
var shipped []byte

// config is what the configuration file says.
type config struct {
	api.Config
	// Users are added to a store that has none.
	Users []seedUser
}

// seedUser is a user of the configuration file.
type seedUser struct {
	ID, Username, Name, Password string
}

// loadConfig reads the file at path, or the shipped configuration where path
// is empty, and checks it.
func loadConfig(path string) (config, error) {
	text, name := shipped, "the shipped configuration"
	if path != "" {
		var err error
		if text, err = os.ReadFile(path); err != nil {
			return config{}, fmt.Errorf("read the configuration: %w", err)
		}
		name = path
	}
	var c config
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return config{}, fmt.Errorf("%s: expected a JSON object such as example/user/config.json: %w", name, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return config{}, fmt.Errorf("%s: something follows the JSON object: remove it", name)
	}
	if err := c.Validate(); err != nil {
		return config{}, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// developmentPrefix begins secrets that everyone can read in a repository.
const developmentPrefix = "development-only-"

// forDevelopment reports whether c trusts a secret that everyone knows.
func (c config) forDevelopment() bool {
	return slices.ContainsFunc(append([]string{c.Auth.AccessSecret}, c.Auth.PrevSecrets...),
		func(s string) bool { return strings.HasPrefix(s, developmentPrefix) })
}
