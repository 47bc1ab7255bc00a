package emit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// Write carries out the changes: every new content first goes to a temporary
// file in the folder of its target, then all are renamed, then leftovers are
// removed. When a temporary file cannot be written, or ctx is done before the
// first rename, the old files are as they were.
func Write(ctx context.Context, changes []Change) (err error) {
	temps := map[string]string{} // by target
	defer func() {
		for _, temp := range temps {
			err = errors.Join(err, ignoreMissing(os.Remove(temp)))
		}
	}()
	for _, c := range changes {
		if c.Action != Create && c.Action != Update {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		temp, err := writeTemp(c.Path, c.New)
		if err != nil {
			return fmt.Errorf("nothing was changed: %w", err)
		}
		temps[c.Path] = temp
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, c := range changes {
		temp, ok := temps[c.Path]
		if !ok {
			continue
		}
		if err := os.Rename(temp, c.Path); err != nil {
			return err
		}
		delete(temps, c.Path)
	}
	for _, c := range changes {
		if c.Action == Remove {
			err = errors.Join(err, ignoreMissing(os.Remove(c.Path)))
		}
	}
	return err
}

// writeTemp writes content to a new file beside path, with the permissions of
// the old one. Its name starts with a dot, so that the go command never takes it
// for source.
func writeTemp(path string, content []byte) (name string, err error) {
	var f *os.File
	mode := fs.FileMode(0o644)
	old, statErr := os.Stat(path)
	if statErr == nil {
		mode = old.Mode().Perm()
	}
	for i := 0; ; i++ {
		name = filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+strconv.Itoa(os.Getpid())+"-"+strconv.Itoa(i)+".tmp")
		f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) || i == 100 {
			break
		}
	}
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	if statErr == nil {
		err = errors.Join(err, f.Chmod(mode)) // whatever the umask says
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(name))
	}
	return name, nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
