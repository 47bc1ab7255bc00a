package auth

// FromAuthorization adds a place where a token is looked for: the Authorization
// header, behind the given scheme word and one space (RFC 6750 section 2.1).
// Without FromAuthorization and the other places it is the word Bearer.
func FromAuthorization(word string) Option { return from(place{inAuthorization, word}) }

// FromHeader adds a place where a token is looked for: the header of the given
// name, which holds the token and nothing else.
func FromHeader(name string) Option { return from(place{inHeader, name}) }

// FromCookie adds a place where a token is looked for: the cookie of the given
// name, which begins with __Host- or __Secure- (draft-ietf-httpbis-rfc6265bis
// section 4.1.3), as Cookie makes it. Browsers send cookies with what other sites
// make them request. A request with such a token and another method than GET,
// HEAD and OPTIONS, or one that opens a WebSocket, is therefore refused when it
// comes from an origin that is neither the service's nor among
// Config.TrustedOrigins; http.CrossOriginProtection tells. What GET does must be
// safe.
func FromCookie(name string) Option { return from(place{inCookie, name}) }

// FromQuery adds a place where a token is looked for: the query parameter of the
// given name, which RFC 6750 section 2.3 calls access_token, and advises against:
// addresses end up in logs, histories and Referer headers. It is for callers that
// can send nothing else, such as links to downloads. Answers to a request that has
// the parameter are kept out of caches by Cache-Control: private, no-store, unless
// a handler that writes its answer itself sets that header.
func FromQuery(name string) Option { return from(place{inQuery, name}) }

func from(p place) Option {
	return func(s *settings) { s.places = append(s.places, p) }
}
