// Package server runs an http.Handler as a service: it listens, with the time
// limits that a server on a network needs, answers health checks, and stops
// without cutting off what it has begun.
//
//	err := server.Run(context.Background(), config.Server, handler,
//		server.WithHealth(db.PingContext))
//
// # Stopping
//
// Run stops when its context ends or the process gets SIGTERM or an interrupt.
// A second signal ends the process at once; where the context ended, the second
// one after that. In between:
//
//  1. For the delay of [WithDrain] everything is served as before, also what is
//     new, while /readyz says 503 for load balancers to see. Every answer closes
//     its connection, so that clients come back on new ones, to another server.
//  2. The port is closed. What the kernel had accepted by then is still taken.
//  3. Requests that have begun are waited for, up to the limit of [WithDrain].
//     Until then their contexts are not cancelled.
//  4. What still runs has its context cancelled and its connection cut, and Run
//     returns an error that says how many requests that were. A connection that
//     a handler has taken over is the handler's to close when its context ends.
//
// A connection on which nothing was asked during the delay is closed at its end,
// as one is whose idle time is over; clients repeat what they were just sending
// (RFC 9112 section 9.3.1). So the delay should be longer than requests take and
// than load balancers need to see a 503.
//
// # Streams
//
// The time limits also end what is meant to last, a download that takes longer
// than Timeout for one. A handler moves them for its own request, before each
// block, so that a client that stops reading still loses its connection:
//
//	limits := http.NewResponseController(w)
//	for block := range blocks {
//		if err := limits.SetWriteDeadline(time.Now().Add(10 * time.Second)); err != nil {
//			return err
//		}
//		if _, err := w.Write(block); err != nil {
//			return err
//		}
//	}
//
// SetReadDeadline does the same for long uploads. The next request has the limits
// of the server again. For streams and connections taken over to end before the
// limit of the stop, tell them so by [net/http.Server.RegisterOnShutdown], in
// [WithHTTP].
package server
