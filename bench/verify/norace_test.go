//go:build !race

package verify

// underRace tells that allocations cannot be counted: the race detector takes
// things out of pools at random.
const underRace = false
