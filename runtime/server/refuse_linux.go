package server

import (
	"net"
	"runtime"
	"syscall"
	"unsafe"
)

// dropSYN is a classic BPF program on the TCP header (RFC 9293 section 3.1): no
// segment with the bit SYN reaches the socket, all others do. So no handshake
// begins, and those that have begun are completed.
var dropSYN = [...]syscall.SockFilter{
	{Code: syscall.BPF_LD | syscall.BPF_B | syscall.BPF_ABS, K: 13},                     // the flags
	{Code: syscall.BPF_JMP | syscall.BPF_JSET | syscall.BPF_K, Jt: 0, Jf: 1, K: 1 << 1}, // SYN
	{Code: syscall.BPF_RET | syscall.BPF_K, K: 0},                                       // drop
	{Code: syscall.BPF_RET | syscall.BPF_K, K: 1<<18 - 1},                               // take it whole
}

// dropNew makes the kernel ignore attempts to connect to l from now on. It
// reports whether it could.
func dropNew(l net.Listener) bool {
	tcp, ok := l.(*net.TCPListener)
	if !ok {
		return false
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return false
	}
	program := syscall.SockFprog{Len: uint16(len(dropSYN)), Filter: &dropSYN[0]}
	option := unsafe.String((*byte)(unsafe.Pointer(&program)), unsafe.Sizeof(program))
	var set error
	err = raw.Control(func(fd uintptr) {
		set = syscall.SetsockoptString(int(fd), syscall.SOL_SOCKET, syscall.SO_ATTACH_FILTER, option)
	})
	runtime.KeepAlive(&program)
	return err == nil && set == nil
}

// waiting reports whether connections wait to be accepted from l.
func waiting(l net.Listener) bool {
	tcp, ok := l.(*net.TCPListener)
	if !ok {
		return false
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return false
	}
	n := uint32(0)
	err = raw.Control(func(fd uintptr) {
		// Any function for 32 bytes will do: the seventh word of struct tcp_info,
		// tcpi_unacked, is the length of that queue where a socket listens.
		info, err := syscall.GetsockoptICMPv6Filter(int(fd), syscall.IPPROTO_TCP, syscall.TCP_INFO)
		if err == nil {
			n = info.Data[6]
		}
	})
	return err == nil && n > 0
}
