package migrate

import (
	"github.com/apigen-go/apigen/example/existing/migrate/account"
	"github.com/apigen-go/apigen/runtime/config"
)

//snippet:settings

// Settings is what the configuration file of go-zero holds for apigen.
type Settings struct {
	config.Server
	account.Config
}

// LoadSettings reads the file, and passes over what is go-zero's alone.
func LoadSettings(path string) (s Settings, err error) {
	err = config.Load(path, &s, config.Ignore("Log", "Telemetry"))
	return s, err
}

//snippet:end
