package runtime

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/apigen-go/apigen/runtime/internal/request"
)

// TrustProxies is a middleware that finds out where a request comes from when it
// went through proxies: [ClientAddr] returns it then. The proxies are those whose
// addresses are within the prefixes; each is expected to append the address it
// was called from to the header X-Forwarded-For. The header is read from its end,
// so that whatever a client writes into it comes too late to count: the client is
// the last address that no trusted proxy has. A connection to a unix socket, which
// has no address, is trusted like a proxy.
//
// Prefixes that hold addresses of clients let those clients choose theirs. The
// header Forwarded of RFC 7239 is not read: of two headers a proxy writes one, and
// its clients could choose by the other.
func TrustProxies(proxies ...netip.Prefix) func(http.Handler) http.Handler {
	trusted := func(addr netip.Addr) bool {
		for _, p := range proxies {
			if p.Contains(addr) {
				return true
			}
		}
		return false
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			addr := parseAddr(r.RemoteAddr)
			if trusted(addr) || overSocket(r) {
				addr = client(addr, r.Header["X-Forwarded-For"], trusted)
			}
			request.Serve(next, w, r.WithContext(request.WithClient(r.Context(), addr)), r)
		})
	}
}

// ClientAddr returns the address of the client: what [TrustProxies] found, or the
// other end of the connection. It is not valid for a unix socket.
func ClientAddr(r *http.Request) netip.Addr {
	if addr, ok := request.Client(r.Context()); ok {
		return addr
	}
	return parseAddr(r.RemoteAddr)
}

// overSocket tells whether the request came to a unix socket. An address that
// cannot be read is none yet: others may have put it there.
func overSocket(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return ok && local.Network() == "unix"
}

// client goes back from the proxy at addr through the header lines, as far as
// trusted proxies vouch for what they say.
func client(addr netip.Addr, lines []string, trusted func(netip.Addr) bool) netip.Addr {
	for i := len(lines) - 1; i >= 0; i-- {
		for rest, more := lines[i], true; more; {
			var entry string
			if at := strings.LastIndexByte(rest, ','); at >= 0 {
				rest, entry = rest[:at], rest[at+1:]
			} else {
				entry, more = rest, false
			}
			before := parseAddr(strings.Trim(entry, " \t"))
			if !before.IsValid() {
				return addr // "unknown" or garbage: nobody knows who was in front
			}
			addr = before
			if !trusted(addr) {
				return addr
			}
		}
	}
	return addr
}

// parseAddr reads an address with or without a port. Zones mean nothing on other
// machines, and an IPv4 address inside IPv6 is that IPv4 address.
func parseAddr(s string) netip.Addr {
	const longest = len("[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255%enp123s45f6789]:65535")
	if len(s) > longest {
		return netip.Addr{}
	}
	addr, err := netip.ParseAddr(s)
	if err != nil {
		if inner, ok := strings.CutPrefix(s, "["); ok && strings.HasSuffix(inner, "]") {
			addr, err = netip.ParseAddr(strings.TrimSuffix(inner, "]"))
		} else if ap, e := netip.ParseAddrPort(s); e == nil {
			addr, err = ap.Addr(), nil
		}
	}
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}
