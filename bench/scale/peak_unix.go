//go:build unix

package scale

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the most memory that a process, or one it started, has held.
func peakMemory(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	peak := int64(usage.Maxrss) //nolint:unconvert // 32 bits on some systems
	if runtime.GOOS != "darwin" {
		peak <<= 10 // counted in KiB
	}
	return peak
}
