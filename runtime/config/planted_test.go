package config

import (
	"fmt"
	"strings"
	"testing"
)

// planted are the ways in which a secret may stand in the place of a value, %s
// being it. Most are slips; whether they load does not matter here.
var planted = map[string][]string{
	"c.yaml": {
		"%s", "'%s'", "\"%s\"", "\"%s", "'%s", "[%s]", "[%s", "{%s}", "{a: %s}", "{a: [%s, {b: %s}]", "- %s",
		"*%s", "&%s x", "&%s", "!%s x", "!!%s x", "!<%s> x", "!%s!x y", "!!int %s", "!!float %s", "!!bool %s", "!!null %s", "!!binary %s", "!!timestamp %s",
		"|\n  %s", ">\n%s", "\n\t%s", "%% %s", "@%s", "`%s`", "# %s", "%s: %s", "%s #", ": %s", "? %s", "\"\\%s\"", "\"\\x%s\"",
		"${%s", "${%s}-", "${not %s}", "${A:-%s}", "$${%s}", "1%s", "-%s", "0x%s", "%s\n%s\n", "%s\x01", "%s\xff",
		"\n  <<: %s", "\n  <<: [%s]", "\n  <<: *%s", "~%s", "true%s", "2001-01-01%s", "1h%s", "1KiB%s", "[*%s]", "{<<: %s}",
	},
	"c.json": {
		`"%s"`, `%s`, `"%s`, `["%s"]`, `["%s"`, `{"a":"%s"}`, `[[["%s"]]]`, `"%s" "%s"`, `'%s'`, `1%s`, `true%s`, `null%s`, `"\%s"`, `"\u%s"`,
		`"${%s"`, `"${not %s}"`, `"${A:-%s}"`, `// %s`, `"%s",,`, `"%s"}`, "\"%s\x01\"", "\"%s\xff\"", `.%s`, `[1,"%s"}`,
	},
}

// places are keys of settings, and one that it does not have.
var places = []string{
	"Name", "Port", "CertFile", "Timeout", "MaxBytes", "dsn", "Every", "Any", "Flags", "Flags.x", "Ratio", "Users", "Auth", "Nothing", "Log",
	"Auth.AccessSecret", "Auth.PrevSecrets", "Auth.AccessExpire", "Auth.Algorithms", "Auth.Leeway", "Auth.AllowNoExp", "Auth.Realm",
	"Auth.TokenTypes", "Auth.Nothing", "Auth.Secret",
}

// Whatever stands wherever, no message repeats it, and each is one line.
func TestNoValueIsTold(t *testing.T) {
	refused := 0
	for name, forms := range planted {
		for _, key := range places {
			for _, form := range forms {
				text := fileWith(name, key, strings.ReplaceAll(form, "%s", secret))
				var c settings
				err := Parse(name, []byte(text), &c, Environ(nil))
				if err == nil {
					continue
				}
				refused++
				if e := err.Error(); strings.Contains(e, marked) && form != "{%s}" && !strings.Contains(form, "%s:") { // keys are told
					t.Errorf("%s: %s:\n%s", key, form, e)
				} else if strings.Count(e, "\n") >= len(err.(Errors)) {
					t.Errorf("%s: %s: a mistake has several lines:\n%s", key, form, e)
				}
			}
		}
	}
	if refused < 500 {
		t.Errorf("%d texts were refused: the test does not test much", refused)
	}
}

// fileWith returns a file that has the value at a key of one or two steps.
func fileWith(name, key, value string) string {
	outer, inner, nested := strings.Cut(key, ".")
	if name == "c.json" {
		if nested {
			return fmt.Sprintf(`{"Host": "h", %q: {%q: %s}}`, outer, inner, value)
		}
		return fmt.Sprintf(`{"Host": "h", %q: %s}`, outer, value)
	}
	if nested {
		return fmt.Sprintf("Host: h\n%s:\n  %s: %s\n", outer, inner, strings.ReplaceAll(value, "\n", "\n  "))
	}
	return fmt.Sprintf("Host: h\n%s: %s\n", outer, value)
}

// The same of the environment.
func TestNoVariableIsTold(t *testing.T) {
	for _, name := range []string{
		"PORT", "CERT_FILE", "TIMEOUT", "MAX_BYTES", "EVERY", "FLAGS", "RATIO", "USERS", "AUTH", "AUTH_PREV_SECRETS", "AUTH_ALGORITHMS",
		"AUTH_ACCESS_EXPIRE", "AUTH_ALLOW_NO_EXP", "AUTH_LEEWAY", "NOTHING", "AUTH_SECRET", "AUTH_REALM", "AUTH_ACCESS_SECRET",
	} {
		for _, form := range []string{"%s", `["%s"]`, `{"a":"%s"}`, `["%s"`, "", "1%s", "%s\n"} {
			var c settings
			err := Parse("c.yaml", []byte("Host: h"), &c, Env("APP"), Environ([]string{"APP_" + name + "=" + strings.ReplaceAll(form, "%s", secret)}))
			if err != nil && strings.Contains(err.Error(), marked) {
				t.Errorf("%s: %s: %v", name, form, err)
			}
		}
	}
}
