package authtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
)

var (
	errNoRequest = errors.New("authtest: Request: expected a function that makes requests of a protected route")
	errFetched   = errors.New("the service fetched an address that stands in a token")
	errAccepted  = errors.New("accepted")
)

// answer is a response read to its end.
type answer struct {
	status int
	header http.Header
	body   string
}

// maxBody is how much of an answer is looked at, in bytes.
const maxBody = 1 << 20

// send sends a request of the target and returns the answer. A panic of a Handler is
// an error.
func (a *attack) send(ctx context.Context, present func(*http.Request)) (got answer, err error) {
	r := a.target.Request().WithContext(ctx)
	present(r)
	if h := a.target.Handler; h != nil {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("the handler panicked: %v", p)
			}
		}()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return answer{w.Code, w.Header(), w.Body.String()}, nil
	}
	client := a.target.Client
	if client == nil {
		client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	resp, err := client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	return answer{resp.StatusCode, resp.Header, string(body)}, err
}

// notSendable reports whether err is that of net/http for what no header can hold.
func notSendable(err error) bool { return strings.Contains(err.Error(), "invalid header field value") }

// refusal is how a request may be refused: a status and the error attribute of the
// challenge, which is empty for none and * for any.
type refusal struct {
	status int
	code   string
}

type refusals []refusal

var (
	invalidToken   = refusal{http.StatusUnauthorized, "invalid_token"}
	invalidRequest = refusal{http.StatusBadRequest, "invalid_request"}
	noToken        = refusal{http.StatusUnauthorized, ""}
	tooLarge       = refusal{http.StatusRequestHeaderFieldsTooLarge, "*"} // RFC 6585 section 5
)

// b64token is what RFC 6750 section 2.1 allows behind the word Bearer.
var b64token = regexp.MustCompile(`^[A-Za-z0-9._~+/-]+=*$`)

// refusalsOf returns how a token may be refused. A text that is not even in the form
// of a token may make the request a bad one.
func refusalsOf(c Case) refusals {
	want := refusals{invalidToken}
	if !b64token.MatchString(c.Token) {
		want = append(want, invalidRequest)
	}
	if len(c.Token) >= 8<<10 {
		want = append(want, tooLarge, refusal{http.StatusBadRequest, "*"}, refusal{http.StatusRequestEntityTooLarge, "*"})
	}
	return want
}

func (want refusals) String() string {
	var texts []string
	for _, r := range want {
		text := fmt.Sprint(r.status)
		if r.code != "" && r.code != "*" {
			text += ` with error="` + r.code + `"`
		} else if r.code == "" {
			text += " without an error attribute"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, " or ")
}

// check reports what is wrong with an answer to token.
func (want refusals) check(got answer, token string, bearer bool) error {
	if got.status >= 200 && got.status <= 299 {
		return fmt.Errorf("%w: the answer is %d, want %v", errAccepted, got.status, want)
	}
	challenge := strings.Join(got.header["Www-Authenticate"], ", ")
	code := attribute(challenge, "error")
	if !slices.ContainsFunc(want, func(r refusal) bool {
		return r.status == got.status && (r.code == code || r.code == "*")
	}) {
		return fmt.Errorf("the answer is %d with the challenge %q, want %v", got.status, challenge, want)
	}
	if err := checkChallenge(got.status, challenge, bearer); err != nil {
		return err
	}
	return checkSilence(got, token)
}

var (
	schemeWord  = regexp.MustCompile(`(?i)^[a-z0-9!#$%&'*+.^_|~-]+( |$)`)
	bearerWord  = regexp.MustCompile(`(?i)(^|, )Bearer( |$)`)
	description = regexp.MustCompile(`^[\x20-\x21\x23-\x5b\x5d-\x7e]*$`) // RFC 6750 section 3
)

func checkChallenge(status int, challenge string, bearer bool) error {
	if challenge == "" && status != http.StatusUnauthorized {
		return nil
	}
	if !schemeWord.MatchString(challenge) || bearer && !bearerWord.MatchString(challenge) {
		return fmt.Errorf("WWW-Authenticate is %q, want a challenge of the scheme (RFC 6750 section 3)", challenge)
	}
	if text := attribute(challenge, "error_description"); !description.MatchString(text) {
		return fmt.Errorf("error_description is %q, want printable ASCII without quote and backslash (RFC 6750 section 3)", text)
	}
	return nil
}

// attribute returns the value of an attribute of a challenge, as a token or quoted.
func attribute(challenge, name string) string {
	pattern := regexp.MustCompile(`(?i)(?:^|[ ,])` + name + `="?((?:[^"\\]|\\.)*)`)
	if m := pattern.FindStringSubmatch(challenge); m != nil {
		return m[1]
	}
	return ""
}

// shortest is how long a part of a token must be to be looked for in an answer;
// shorter ones are there by chance.
const shortest = 20

// checkSilence reports whether an answer repeats a token, or a part of it.
func checkSilence(got answer, token string) error {
	if repeats(got.body, token) {
		return errors.New("the body of the answer repeats the token")
	}
	for name, values := range got.header {
		if repeats(strings.Join(values, "\n"), token) {
			return fmt.Errorf("the header %s of the answer repeats the token", name)
		}
	}
	return nil
}

// repeats reports whether text holds a part of token.
func repeats(text, token string) bool {
	for part := range strings.SplitSeq(token, ".") {
		if len(part) >= shortest && strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// searchLog reports whether log holds a part of a token that was sent, or the secret.
func (a *attack) searchLog(log string) error {
	for _, m := range append(a.attempts, attempt{Case: Case{Name: "a good token", Token: a.corpus.good()}}) {
		if repeats(log, m.Token) {
			return fmt.Errorf("the log holds the token of %q, or a part of it (CWE-532)", m.Name)
		}
	}
	if secret, ok := a.corpus.s.key.([]byte); ok && strings.Contains(log, string(secret)) {
		return errors.New("the log holds the secret (CWE-532)")
	}
	return nil
}
