// Package scale measures generators on one API of many routes: how long a run
// takes, what it costs and how much it writes. The peers are those people come
// from; each gets the same API in its own language.
//
//	go test -run '^$' -bench . -benchtime 5x ./scale          apigen alone
//	go test -run '^$' -bench . -benchtime 5x ./scale -peers   and the peers
//
// -peers builds them in the versions of the table in peers.go, in a folder of
// the user's cache.
package scale
