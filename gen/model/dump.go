package model

import "reflect"

// DumpVersion counts the changes of the model that would break a reader: members
// that are gone or mean something else. New members do not count.
const DumpVersion = 1

// Dumped is what apigen -dump-model prints.
type Dumped struct {
	Version  int        `json:"version"` // DumpVersion
	Packages []*Package `json:"packages"`
}

// Dump prepares packages for printing: the names of files and folders are what
// relative makes of them. It changes the packages.
func Dump(pkgs []*Package, relative func(string) string) Dumped {
	for _, p := range pkgs {
		p.Dir = relative(p.Dir)
		rename(reflect.ValueOf(p), relative, map[uintptr]bool{})
	}
	return Dumped{Version: DumpVersion, Packages: pkgs}
}

var posType = reflect.TypeFor[Pos]()

// rename changes the names of files in all places below v.
func rename(v reflect.Value, relative func(string) string, seen map[uintptr]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || seen[v.Pointer()] {
			return
		}
		seen[v.Pointer()] = true
		rename(v.Elem(), relative, seen)
	case reflect.Slice:
		for i := range v.Len() {
			rename(v.Index(i), relative, seen)
		}
	case reflect.Struct:
		if v.Type() == posType {
			if file := v.Field(0); file.String() != "" {
				file.SetString(relative(file.String()))
			}
			return
		}
		for i := range v.NumField() {
			rename(v.Field(i), relative, seen)
		}
	}
}
