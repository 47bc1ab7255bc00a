// Package scaffold writes the first files of a service: a package with routes, a
// command that serves it, and its configuration. From then on they are the
// user's.
package scaffold

import (
	"crypto/rand"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/gen/sample"
)

//go:embed files
var files embed.FS

// File is a file to write.
type File struct {
	// Name is its path below the folder of the service, with slashes.
	Name string
	Text string
	Mode fs.FileMode
}

// Files returns what a service starts from. Its secret is a new one each time,
// so its configuration is kept from other users of the machine and out of
// version control.
func Files(p *Place) ([]File, error) {
	var list []File
	for _, f := range []struct{ name, template string }{
		{"main.go", "files/main.go.txt"},
		{"api/api.go", "files/api.go.txt"},
	} {
		text, err := files.ReadFile(f.template)
		if err != nil {
			return nil, err
		}
		// A checkout on Windows may have given the template its line ends.
		t, err := template.New(f.name).Parse(strings.ReplaceAll(string(text), "\r\n", "\n"))
		if err != nil {
			return nil, err
		}
		var b strings.Builder
		if err := t.Execute(&b, p); err != nil {
			return nil, err
		}
		list = append(list, File{f.name, b.String(), 0o644})
	}
	list = append(list, File{"config.yaml", configuration(p), 0o600})
	if _, err := os.Lstat(filepath.Join(p.Dir, ".gitignore")); errors.Is(err, fs.ErrNotExist) {
		list = append(list, File{".gitignore", "# It holds the secret.\n/config.yaml\n", 0o644})
	}
	return list, nil
}

// configuration is the sample with a secret, for this machine alone.
func configuration(p *Place) string {
	secret := make([]byte, 48)
	_, _ = rand.Read(secret) // never fails
	text := sample.YAML(&model.Package{Name: p.Name, Schemes: []*model.Scheme{{Name: "Auth"}}})
	return strings.NewReplacer(
		`AccessSecret: ""`, `AccessSecret: "`+base64.StdEncoding.EncodeToString(secret)+`"`,
		"# Host: 127.0.0.1", "Host: 127.0.0.1",
	).Replace(text)
}

// Write writes the files below dir. It overwrites nothing: where one of them
// exists it writes none, and where one cannot be written it leaves none.
func Write(dir string, list []File) error {
	var errs []error
	for _, f := range list {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(f.Name))); err == nil {
			errs = append(errs, fmt.Errorf("%s exists and is not overwritten: choose another folder", f.Name))
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for i, f := range list {
		err := write(filepath.Join(dir, filepath.FromSlash(f.Name)), f)
		if err == nil {
			continue
		}
		for _, done := range list[:i] { // which the next try would find in its way
			err = errors.Join(err, os.Remove(filepath.Join(dir, filepath.FromSlash(done.Name))))
		}
		return err
	}
	return nil
}

func write(name string, f File) (err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.Mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	_, err = w.WriteString(f.Text)
	return err
}
