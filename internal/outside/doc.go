// Package outside holds what apigen writes for other programs against those
// programs' own validators. It is a module of its own, so that nobody else has
// their dependencies.
package outside
