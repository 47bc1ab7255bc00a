package auth

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

// Every mistake is named, with what to write where there is one answer.
func TestPlaces(t *testing.T) {
	const noName = "of letters, digits and -"
	for _, test := range []struct {
		opts []Option
		want string // part of the error, empty for none
	}{
		{[]Option{FromAuthorization("")}, "place Authorization:: expected a scheme word"},
		{[]Option{FromAuthorization("Bearer x")}, noName},
		{[]Option{FromAuthorization("Bearer\r\n")}, noName},
		{[]Option{FromHeader("")}, noName},
		{[]Option{FromHeader("X Token")}, noName},
		{[]Option{FromHeader("authorization")}, "write FromAuthorization"},
		{[]Option{FromHeader("cookie")}, "write FromCookie"},
		{[]Option{FromHeader("host")}, "names the server"},
		{[]Option{FromAuthorization("Bearer"), FromAuthorization("bearer")}, "place Authorization:bearer is given twice"},
		{[]Option{FromHeader("X-Token"), FromHeader("x-token")}, "place header:x-token is given twice"},
		{[]Option{FromCookie("")}, noName},
		{[]Option{FromCookie("token")}, "write in=cookie:__Host-token"},
		{[]Option{FromCookie("__Host-")}, "write in=cookie:__Host-token"},
		{[]Option{FromCookie("__Secure-")}, "write in=cookie:__Host-token"},
		{[]Option{FromCookie("__host-token")}, "write in=cookie:__Host-token"},
		{[]Option{FromCookie("__Host-a b")}, noName},
		{[]Option{FromCookie("__Host-a;b")}, noName},
		{[]Option{FromCookie("__Host-a=b")}, noName},
		{[]Option{FromCookie("__Host-a"), FromCookie("__Host-a")}, "place cookie:__Host-a is given twice"},
		{[]Option{FromCookie("__Host-a"), FromCookie("__Host-A")}, ""},
		{[]Option{FromCookie("__Secure-a"), FromQuery("__Secure-a"), FromHeader("__Secure-a")}, ""},
		{[]Option{FromQuery("")}, "such as access_token"},
		{[]Option{FromQuery("a b")}, "such as access_token"},
		{[]Option{FromQuery("a&b")}, "such as access_token"},
		{[]Option{FromQuery("a=b")}, "such as access_token"},
		{[]Option{FromQuery("a%20")}, "such as access_token"},
		{[]Option{FromQuery("a[]")}, "such as access_token"},
		{[]Option{FromQuery("ä")}, "such as access_token"},
		{[]Option{FromQuery("a"), FromQuery("a")}, "place query:a is given twice"},
		{[]Option{FromQuery("a.b-c_d~1"), FromQuery("A")}, ""},
	} {
		_, err := NewVerifier[session](Config{AccessSecret: secret}, test.opts...)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("got %v, want %q", err, test.want)
		}
	}
	_, err := NewVerifier[session](Config{AccessSecret: secret}, FromHeader("host"), FromCookie("a"), FromQuery(" "))
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("three mistakes are reported as %v", err)
	}
}

// asked is a request, and what becomes of it.
type asked struct {
	name      string
	target    string
	headers   []string
	status    int // 0 for let through
	challenge string
	detail    string
	anonymous bool // on an optional route, with the status elsewhere
}

// ask sends the request to a mandatory and an optional route.
func (a asked) ask(t *testing.T, v *Verifier[session], query bool) {
	for _, optional := range []bool{false, true} {
		x := requestWith(a.headers...)
		target := httptest.NewRequest("GET", a.target, nil)
		x.r.Method, x.r.URL = target.Method, target.URL
		status := a.status
		if optional && a.anonymous {
			status = 0
		}
		c, ok := v.authenticate(x, optional, nil)
		wantAnswer(t, x, status, a.challenge)
		if ok != (status == 0) || (c != nil) != (a.status == 0) {
			t.Errorf("optional %v: got %v %v", optional, c, ok)
		}
		if status != 0 && x.problem.Detail != a.detail {
			t.Errorf("optional %v: told %q, want %q", optional, x.problem.Detail, a.detail)
		}
		want := ""
		if query {
			want = "private, no-store"
		}
		if got := x.header.Get("Cache-Control"); got != want {
			t.Errorf("optional %v: Cache-Control is %q, want %q", optional, got, want)
		}
	}
}

const (
	toldMissing   = "a token is needed"
	toldMalformed = "the token is malformed"
	toldTwice     = "the request must carry exactly one token"
)

func TestCookieToken(t *testing.T) {
	good := mint(plainHead, claimsText())
	malformed, twice := challengeWith("invalid_token", toldMalformed), challengeWith("invalid_request", toldTwice)
	v := verifierOf[session](t, Config{}, FromCookie("__Host-token"), FromHeader("X-Token"))
	for _, test := range []asked{
		{name: "good", headers: []string{"Cookie", "__Host-token=" + good}},
		{name: "among others", headers: []string{"Cookie", "a=b; __Host-token=" + good + "; c"}},
		{name: "without spaces", headers: []string{"Cookie", "a=b;__Host-token=" + good + ";c=d"}},
		{name: "in a second header", headers: []string{"Cookie", "a=b", "Cookie", "__Host-token=" + good}},
		{name: "another header beside it", headers: []string{"Cookie", "__Host-token=" + good, "Authorization", "Basic YTpi"}},
		{name: "none", headers: []string{"Cookie", "a=b"}, status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "no cookie at all", status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "name in other case", headers: []string{"Cookie", "__host-token=" + good}, status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "longer name", headers: []string{"Cookie", "__Host-token2=" + good}, status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "name in a value", headers: []string{"Cookie", "a=__Host-token=" + good}, status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "only in Authorization", headers: []string{"Authorization", "Bearer " + good}, status: 401, challenge: plainChallenge, detail: toldMissing},
		{name: "empty", headers: []string{"Cookie", "__Host-token="}, status: 401, challenge: plainChallenge, detail: toldMissing},
		{name: "name alone", headers: []string{"Cookie", "__Host-token"}, status: 401, challenge: plainChallenge, detail: toldMissing},
		{name: "quoted", headers: []string{"Cookie", `__Host-token="` + good + `"`}, status: 401, challenge: malformed, detail: toldMalformed},
		{name: "no value of a cookie", headers: []string{"Cookie", `__Host-token=a"b`}, status: 401, challenge: malformed, detail: toldMalformed},
		{
			name: "behind more cookies than net/http reads", headers: []string{"Cookie", strings.Repeat("a=b;", 4000) + "__Host-token=x"},
			status: 401, challenge: malformed, detail: toldMalformed,
		},
		{name: "a word before it", headers: []string{"Cookie", "__Host-token=Bearer " + good}, status: 401, challenge: malformed, detail: toldMalformed},
		{name: "twice", headers: []string{"Cookie", "__Host-token=" + good + "; __Host-token=" + good}, status: 400, challenge: twice, detail: toldTwice},
		{name: "twice, one empty", headers: []string{"Cookie", "__Host-token=; __Host-token=" + good}, status: 400, challenge: twice, detail: toldTwice},
		{name: "twice, one of net/http's", headers: []string{"Cookie", `__Host-token=a"b; __Host-token=` + good}, status: 400, challenge: twice, detail: toldTwice},
		{name: "twice, in two headers", headers: []string{"Cookie", "__Host-token=" + good, "Cookie", "__Host-token=" + good}, status: 400, challenge: twice, detail: toldTwice},
		{name: "and in a header", headers: []string{"Cookie", "__Host-token=" + good, "X-Token", good}, status: 400, challenge: twice, detail: toldTwice},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.target = "/"
			test.ask(t, v, false)
		})
	}
}

func TestQueryToken(t *testing.T) {
	good := mint(plainHead, claimsText())
	malformed, twice := challengeWith("invalid_token", toldMalformed), challengeWith("invalid_request", toldTwice)
	const percent, semicolon = "the query is not valid: it has a bad percent-encoding", "the query is not valid: it holds ';', which must be written as %3B"
	v := verifierOf[session](t, Config{}, FromAuthorization("Bearer"), FromQuery("access_token"))
	for _, test := range []asked{
		{name: "good", target: "/?access_token=" + good},
		{name: "among others", target: "/?a=b&access_token=" + good + "&c=&d"},
		{name: "name in percent-encoding", target: "/?access%5Ftoken=" + good},
		{name: "value in percent-encoding", target: "/?access_token=" + strings.ReplaceAll(good, ".", "%2E")},
		{name: "empty", target: "/?access_token=", status: 401, challenge: plainChallenge, detail: toldMissing},
		{name: "name alone", target: "/?access_token", status: 401, challenge: plainChallenge, detail: toldMissing},
		{name: "bad", target: "/?access_token=x", status: 401, challenge: malformed, detail: toldMalformed},
		{name: "space behind", target: "/?access_token=" + good + "+", status: 401, challenge: malformed, detail: toldMalformed},
		{name: "a word before it", target: "/?access_token=Bearer+" + good, status: 401, challenge: malformed, detail: toldMalformed},
		{name: "twice", target: "/?access_token=" + good + "&access_token=" + good, status: 400, challenge: twice, detail: toldTwice},
		{name: "twice, one empty", target: "/?access_token&access_token=" + good, status: 400, challenge: twice, detail: toldTwice},
		{
			name: "and in Authorization", target: "/?access_token=" + good, headers: []string{"Authorization", "Bearer " + good},
			status: 400, challenge: twice, detail: toldTwice,
		},
		{
			name: "and two of Authorization", target: "/?access_token=" + good, headers: []string{"Authorization", "Bearer " + good, "Authorization", "Basic YTpi"},
			status: 400, challenge: twice, detail: toldTwice,
		},
		{name: "bad percent-encoding", target: "/?a=%zz&access_token=" + good, status: 400, challenge: challengeWith("invalid_request", percent), detail: percent},
		{name: "semicolon", target: "/?a;access_token=" + good, status: 400, challenge: challengeWith("invalid_request", semicolon), detail: semicolon},
		{
			name: "no UTF-8", target: "/?access_token=%ff", status: 400,
			challenge: challengeWith("invalid_request", "the query is not valid UTF-8"), detail: "the query is not valid UTF-8",
		},
		{
			name: "unreadable, with a token elsewhere", target: "/?%zz", headers: []string{"Authorization", "Bearer " + good},
			status: 400, challenge: challengeWith("invalid_request", percent), detail: percent,
		},
	} {
		t.Run(test.name, func(t *testing.T) { test.ask(t, v, true) })
	}
	for _, test := range []asked{
		{name: "none", target: "/?a=b", status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "no query", target: "/", status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "name in other case", target: "/?Access_token=" + good, status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "as a list", target: "/?access_token[]=" + good, status: 401, challenge: plainChallenge, detail: toldMissing, anonymous: true},
		{name: "in Authorization", target: "/?a=b", headers: []string{"Authorization", "Bearer " + good}},
	} {
		t.Run(test.name, func(t *testing.T) { test.ask(t, v, false) })
	}
	// A form in the body is no place (RFC 6750 section 2.2).
	x := requestWith("Content-Type", "application/x-www-form-urlencoded")
	x.r.PostForm = map[string][]string{"access_token": {good}}
	x.r.Form = x.r.PostForm
	if _, ok := v.Authenticate(x); ok {
		t.Error("a token in a form is let through")
	}
}

// Schemes whose tokens do not stand in Authorization have the challenge of RFC 6750.
func TestChallengeOfOtherPlaces(t *testing.T) {
	for _, opts := range [][]Option{{FromCookie("__Host-token")}, {FromQuery("t")}, {FromQuery("t"), FromCookie("__Host-token"), FromHeader("T")}} {
		if got := verifierOf[session](t, Config{}, opts...).Challenge(); got != plainChallenge {
			t.Errorf("got %s", got)
		}
	}
	if got := verifierOf[session](t, Config{}, FromCookie("__Host-token"), FromAuthorization("Token")).Challenge(); got != `Token realm="api"` {
		t.Errorf("got %s", got)
	}
}

// A token in an address reaches no log, neither of the request nor of an error.
func TestQueryTokenIsNotLogged(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(logger)
	down := revoker(func(context.Context, *Claims) (bool, error) { return false, context.DeadlineExceeded })
	v := verifierOf[session](t, Config{}, FromQuery("access_token"), WithRevoker(down))
	h := runtime.AccessLog(logger)(v.Middleware()(http.NotFoundHandler()))
	good := mint(plainHead, claimsText())
	for target, status := range map[string]int{
		"/x?access_token=" + good:                           503,
		"/x?access_token=" + good + "x":                     401,
		"/x?access_token=" + good + "&access_token=" + good: 400,
		"/x?access_token=" + good + "&%zz":                  400,
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		if w.Code != status || w.Header().Get("Cache-Control") != "private, no-store" {
			t.Errorf("%s: got %d %v", target, w.Code, w.Header())
		}
		for _, part := range strings.Split(good, ".") {
			if strings.Contains(w.Body.String(), part) {
				t.Errorf("%s: the answer holds the token: %s", target, w.Body)
			}
		}
	}
	for _, part := range strings.Split(good, ".") {
		if strings.Contains(log.String(), part) {
			t.Errorf("the log holds the token:\n%s", log.String())
		}
	}
	if n := strings.Count(log.String(), "msg=request "); n != 4 {
		t.Errorf("%d requests are logged:\n%s", n, log.String())
	}
}
