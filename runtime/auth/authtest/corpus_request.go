package authtest

import (
	"encoding/base64"
	"net/http"
	"net/url"
)

// requests are credentials in forms and places that are none, or one too many. The
// token itself is a good one, where there is one.
func (k *corpus) requests() []attempt {
	var all []attempt
	good := k.good()
	add := func(name, source string, present func(*http.Request), want ...refusal) {
		all = append(all, attempt{Case{"request/" + name, source, good}, present, want})
	}
	authorization := func(values ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header["Authorization"] = values }
	}
	k.absent(add)
	k.words(add, good, authorization)

	const two = "RFC 6750 section 2"
	bearer := "Bearer " + good
	add("the header twice", two, authorization(bearer, bearer), invalidRequest)
	add("the header twice, the second one forged", two, authorization(bearer, "Bearer "+k.evil.Sign(k.header.String(), k.payload.String())), invalidRequest)
	add("the header twice, the first one forged", two, authorization("Bearer "+k.evil.Sign(k.header.String(), k.payload.String()), bearer), invalidRequest)
	add("the header twice, the second one empty", two, authorization(bearer, ""), invalidRequest)
	add("the header twice, Basic in front", two, authorization("Basic YTpi", bearer), invalidRequest)
	add("the header twice, Basic behind", two, authorization(bearer, "Basic YTpi"), invalidRequest)

	elsewhere := func(name, source string, present func(*http.Request)) { add(name, source, present, noToken) }
	for _, name := range []string{"access_token", "token", "jwt", "auth", "authorization"} {
		elsewhere("in the query as "+name, "RFC 9700 section 4.3.2", func(r *http.Request) { addQuery(r, name, good) })
		elsewhere("in a cookie "+name, "RFC 6750 section 2", func(r *http.Request) {
			r.AddCookie(&http.Cookie{Name: name, Value: good})
		})
	}
	for _, name := range []string{
		"Proxy-Authorization", "X-Authorization", "X-Access-Token", "X-Auth-Token", "X-Token", "Token", "X-Original-Authorization",
		"X-Forwarded-Authorization", "Authentication", "Www-Authenticate",
	} {
		elsewhere("in the header "+name, "RFC 6750 section 2.1", func(r *http.Request) { r.Header.Set(name, bearer) })
	}
	elsewhere("as user information of the URL", "RFC 9110 section 4.2.4", func(r *http.Request) { r.URL.User = url.UserPassword("bearer", good) })
	return all
}

type addRequest func(name, source string, present func(*http.Request), want ...refusal)

// absent are requests without a token that claim to need none.
func (k *corpus) absent(add addRequest) {
	const none = "RFC 6750 section 3.1"
	add("no token", none, func(*http.Request) {}, noToken)
	for _, h := range []struct{ name, value string }{
		{"X-Forwarded-For", "127.0.0.1"},
		{"X-Real-Ip", "127.0.0.1"},
		{"X-Remote-User", "admin"},
		{"Remote-User", "admin"},
		{"X-Forwarded-User", "admin"},
		{"X-User-Id", "1"},
		{"X-Original-Url", "/"},
		{"X-Rewrite-Url", "/"},
		{"X-Http-Method-Override", "OPTIONS"},
		{"Origin", "null"},
		{"Access-Control-Request-Method", "POST"},
	} {
		add("no token and the header "+h.name, none, func(r *http.Request) { r.Header.Set(h.name, h.value) }, noToken)
	}
}

// words are other things than the word Bearer, a space and a token.
func (k *corpus) words(add addRequest, good string, authorization func(...string) func(*http.Request)) {
	const form, scheme = "RFC 6750 section 2.1", "RFC 9110 section 11.1"
	either := []refusal{invalidToken, invalidRequest, noToken}
	for _, c := range []struct{ name, source, value string }{
		{"empty", form, ""},
		{"the word alone", form, "Bearer"},
		{"the word and a space", form, "Bearer "},
		{"two spaces", form, "Bearer  " + good},
		{"a tab", form, "Bearer\t" + good},
		{"no space", form, "Bearer" + good},
		{"a colon", form, "Bearer: " + good},
		{"a colon and no space", form, "Bearer:" + good},
		{"an equals sign", form, "Bearer=" + good},
		{"a named token", form, `Bearer token="` + good + `"`},
		{"quoted", form, `Bearer "` + good + `"`},
		{"in angle brackets", form, "Bearer <" + good + ">"},
		{"something behind", form, "Bearer " + good + " x"},
		{"a comma behind", form, "Bearer " + good + ","},
		{"two tokens", form, "Bearer " + good + " " + good},
		{"two tokens with a comma", form, "Bearer " + good + ", " + good},
		{"two credentials", form, "Bearer " + good + ", Basic YTpi"},
		{"the word twice", form, "Bearer Bearer " + good},
		{"a letter more", scheme, "Bearers " + good},
		{"letters that look the same", scheme, "Веаrеr " + good},
		{"bare", form, good},
		{"another word: Token", scheme, "Token " + good},
		{"another word: JWT", scheme, "JWT " + good},
		{"another word: MAC", scheme, "MAC " + good},
		{"DPoP", "RFC 9449 section 7.1", "DPoP " + good},
		{"Basic", "RFC 7617", "Basic YTpi"},
		{"Basic with the token as password", "RFC 7617", "Basic " + base64.StdEncoding.EncodeToString([]byte("token:"+good))},
		{"Basic with the token", "RFC 7617", "Basic " + good},
		{"Digest", "RFC 7616", `Digest username="a", realm="api", response="` + good + `"`},
		{"Negotiate", "RFC 4559", "Negotiate YTpi"},
		{"null", form, "Bearer null"},
		{"undefined", form, "Bearer undefined"},
		{"true", form, "Bearer true"},
		{"an object", form, "Bearer {}"},
		{"an object of JavaScript", form, "Bearer [object Object]"},
		{"a placeholder", form, "Bearer ${TOKEN}"},
		{"a star", form, "Bearer *"},
	} {
		if k.c.AllowBareToken && c.name == "bare" {
			continue
		}
		add(c.name, c.source, authorization(c.value), either...)
	}
}

// addQuery adds a parameter to the URL of r.
func addQuery(r *http.Request, name, value string) {
	pair := name + "=" + url.QueryEscape(value)
	if r.URL.RawQuery != "" {
		pair = r.URL.RawQuery + "&" + pair
	}
	r.URL.RawQuery = pair
	if r.RequestURI != "" { // of httptest.NewRequest; a client must not set it
		r.RequestURI = r.URL.RequestURI()
	}
}
