//go:build race

package verdict

// underRace tells that the detector of races makes every request some ten times
// as long, so that fewer are made.
const underRace = true
