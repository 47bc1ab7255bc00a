package main

import (
	_ "embed"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/example/user/api"
	"github.com/apigen-go/apigen/runtime/config"
)

// shipped is the configuration used without the flag -f.
//
//go:embed config.json
var shipped []byte

// settings are what the configuration file says.
type settings struct {
	config.Server
	api.Config
	// Users are added to a store that has none.
	Users []seedUser
}

// seedUser is a user of the configuration file.
type seedUser struct {
	ID, Username, Name, Password string
}

// loadConfig reads the file at path, YAML or JSON, or the shipped configuration
// where path is empty, and checks it.
func loadConfig(path string) (settings, error) {
	c := settings{Server: config.Server{Host: "127.0.0.1"}}
	var err error
	if path == "" {
		err = config.Parse("config.json", shipped, &c)
	} else {
		err = config.Load(path, &c)
	}
	return c, err
}

// developmentPrefix begins secrets that everyone can read in a repository.
const developmentPrefix = "development-only-"

// mayListen refuses addresses that other machines can reach while c trusts a
// secret for development, because everyone can sign tokens with it.
func (c settings) mayListen(addr string) error {
	secrets := append([]string{c.Auth.AccessSecret}, c.Auth.PrevSecrets...)
	if !slices.ContainsFunc(secrets, func(s string) bool { return strings.HasPrefix(s, developmentPrefix) }) {
		return nil
	}
	tcp, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w: write host:port, such as 127.0.0.1:8888", err)
	}
	if !tcp.IP.IsLoopback() {
		return fmt.Errorf("the access secret is for development only and other machines may reach %s: "+
			"listen on 127.0.0.1, or give a configuration with a secret and users of your own by -f", addr)
	}
	return nil
}
