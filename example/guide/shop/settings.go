package shop

import (
	"github.com/apigen-go/apigen/runtime/config"
)

//snippet:settings

// Settings is what the configuration file of the shop holds.
type Settings struct {
	config.Server // Name, Host, Port, …
	Config        // generated: Auth
	DSN           config.Secret
	Cache         struct {
		Size  config.Size
		Every config.Duration
	}
}

// Load reads the file at path, and what SHOP_… in the environment overrides.
func Load(path string) (Settings, error) {
	s := Settings{Server: config.Server{Host: "127.0.0.1"}} // defaults
	err := config.Load(path, &s, config.Env("SHOP"))
	return s, err
}

//snippet:end
