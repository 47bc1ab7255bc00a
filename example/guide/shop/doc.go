// Package shop takes orders. The guides in docs show its code.
package shop

//go:generate go tool apigen
