//go:build race

package auth

// raceEnabled tells that the race detector is on, under which pools drop values
// at random.
const raceEnabled = true
