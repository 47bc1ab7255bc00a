package main

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/apigen-go/apigen/runtime/auth"
	"github.com/apigen-go/apigen/runtime/config"
)

// runToken prints a token that the service with the given configuration
// accepts, and nothing else.
func runToken(ctx context.Context, a *app) int {
	switch {
	case len(a.words) > 0:
		return a.usageError("token takes no arguments, got %q", a.words[0])
	case a.token.config == "":
		return a.usageError("token needs -config: the file that the service reads its configuration from")
	}
	c, err := readConfig(a.token.config, a.token.scheme)
	if err != nil {
		return a.fail(err)
	}
	token, err := mint(ctx, c, a.token)
	if err != nil {
		return a.fail(err)
	}
	fmt.Fprintln(a.out, token)
	return exitOK
}

func mint(ctx context.Context, c auth.Config, f tokenFlags) (string, error) {
	if f.ttl != 0 {
		c.AccessExpire = auth.Seconds(f.ttl / time.Second)
	}
	issuer, err := auth.NewIssuer[claims](c)
	if err != nil {
		return "", fmt.Errorf("%s: scheme %s: %w", f.config, f.scheme, err)
	}
	set, err := f.claims.set()
	if err != nil {
		return "", err
	}
	token, _, err := issuer.Access(ctx, set)
	return token, err
}

// readConfig reads the configuration of one scheme; a dot in its name leads
// into a member. What else the file holds is the service's own business.
func readConfig(file, scheme string) (c auth.Config, err error) {
	var all map[string]any
	if err := config.Load(file, &all); err != nil {
		return c, err
	}
	path := strings.Split(scheme, ".")
	members, keys := all, []string(nil)
	for i, name := range path {
		next, ok := members[name]
		if !ok {
			return c, fmt.Errorf("%s has no key %s; name the scheme with -scheme%s", file, scheme, schemeHint(all))
		}
		for key := range members { // every other key at this level
			if key != name {
				keys = append(keys, strings.Join(append(path[:i:i], key), "."))
			}
		}
		members, ok = next.(map[string]any)
		if !ok {
			return c, fmt.Errorf("%s: expected the keys of a scheme at %s", file, strings.Join(path[:i+1], "."))
		}
	}
	target := schemeHolder(path)
	if err := config.Load(file, target.Interface(), config.Ignore(keys...)); err != nil {
		return c, err
	}
	v := target.Elem()
	for range path {
		v = v.Field(0)
	}
	return v.Interface().(auth.Config), nil
}

// schemeHint lists the keys that look like schemes.
func schemeHint(members map[string]any) string {
	names := schemeNames("", members)
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return ", such as " + strings.Join(names, " or ")
}

// schemeNames returns the keys in members, as -scheme takes them, whose value has a
// secret or the file of a key.
func schemeNames(prefix string, members map[string]any) (names []string) {
	for key, value := range members {
		inner, ok := value.(map[string]any)
		if !ok {
			continue
		}
		_, secret := inner["AccessSecret"]
		_, file := inner["PrivateKeyFile"]
		if secret || file {
			names = append(names, prefix+key)
			continue
		}
		names = append(names, schemeNames(prefix+key+".", inner)...)
	}
	return names
}

// schemeHolder returns a pointer to structs in structs that have nothing but the
// scheme at path.
func schemeHolder(path []string) reflect.Value {
	t := reflect.TypeFor[auth.Config]()
	for i := len(path) - 1; i >= 0; i-- {
		t = reflect.StructOf([]reflect.StructField{{Name: "Scheme", Type: t, Tag: reflect.StructTag(fmt.Sprintf("yaml:%q", path[i]))}})
	}
	return reflect.New(t)
}

// claims are the claims of a token, those of the application by name.
type claims struct {
	auth.Claims
	Own map[string]jsontext.Value `json:",embed"`
}
