// Package config loads the configuration of a service, the generated Config or a
// struct around it, from a YAML or JSON file and the environment:
//
//	type settings struct {
//		config.Server // Name, Host, Port, …
//		user.Config   // generated: a member for each scheme
//	}
//
//	var c settings
//	err := config.Load("etc/user.yaml", &c, config.Env("USERAPI"))
//
// Every mistake is told at once, each with its line and column: unknown keys,
// also those that differ by a slip, values of the wrong type, and what the
// Validate methods of the types find. No message repeats a value, because it may
// be a secret.
//
// # Keys
//
// A key is the name in the tag yaml, else in the tag json, else the name of the
// field, in the same case. Embedded structs without a name are part of the struct
// around them. What the file does not mention keeps the value it has.
//
// # Values
//
// Text, numbers and booleans go to fields of their kind only. A time.Duration is
// written 90s or 1m30s, or as a number of seconds; types with UnmarshalText take
// text and numbers. ${NAME} inside a value stands for a variable of the
// environment and must be set; ${NAME:-text} has a default for one that is not
// set or empty; $$ is a dollar sign. What a variable holds is not expanded again.
//
// # Environment
//
// With [Env], variables under a prefix override the file: for the prefix USERAPI,
// USERAPI_AUTH_ACCESS_SECRET is Auth.AccessSecret. A variable under the prefix
// that is no key is an error.
package config
