package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// Whatever becomes of a token, nothing that is said about it holds the token, a
// part of it, the value of a claim, or a secret.
func TestNothingLeaks(t *testing.T) {
	var log bytes.Buffer
	defer slog.SetDefault(slog.Default())
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))

	const mark = "SENSITIVE-VALUE"
	down := errors.New("down")
	v := verifierOf[validated](t, Config{PrevSecrets: []string{previous}, Issuer: "us", Audience: []string{"a"}},
		WithObserver(observer(func(e Event) { slog.Info("event", "event", e, "text", fmt.Sprintf("%+v", e)) })),
		RequireClaims("sub"),
		WithRevoker(revoker(func(_ context.Context, c *Claims) (bool, error) {
			switch c.Subject {
			case "down":
				return false, down
			case "revoked":
				return true, nil
			}
			return false, nil
		})))
	sensitive := func(members ...string) string {
		return claimsText(append([]string{`"x":"` + mark + `"`, `"jti":"` + mark + `"`}, members...)...)
	}
	const us, good = `"iss":"us","aud":"a"`, `"name":"good"`
	tokens := []string{
		mark, mark + "." + mark + "." + mark,
		mint(plainHead, sensitive(us, good, `"sub":"1"`)),
		mint(plainHead, sensitive(us, good)),
		mint(plainHead, sensitive(us, good, `"sub":"down"`)),
		mint(plainHead, sensitive(us, good, `"sub":"revoked"`)),
		mint(plainHead, sensitive(us, `"sub":"1","name":"`+mark+`"`)),
		mint(plainHead, sensitive(us, `"sub":1`)),
		mint(plainHead, sensitive(us, `"name":["`+mark+`"]`)),
		mint(plainHead, sensitive(`"iss":"`+mark+`"`)),
		mint(plainHead, sensitive(`"iss":"us","aud":"`+mark+`"`)),
		mint(plainHead, sensitive(us, `"nbf":"`+mark+`"`)),
		mint(plainHead, `{"exp":1,"x":"`+mark+`"}`),
		mint(plainHead, `{"x":"`+mark+`"`),
		mint(`{"alg":"`+mark+`","typ":"JWT"}`, sensitive(us)),
		mint(`{"alg":"HS256","typ":"`+mark+`"}`, sensitive(us, good, `"sub":"1"`)),
		mint(`{"alg":"HS256","typ":"JWT","kid":["`+mark+`"]}`, sensitive(us)),
		mint(`{"alg":"HS256","typ":"JWT","crit":["`+mark+`"]}`, sensitive(us)),
		mint(`{"alg":"HS256","alg":"`+mark+`"}`, sensitive(us)),
		signWith(mark, plainHead, sensitive(us)),
	}
	var said strings.Builder
	for _, token := range tokens {
		_, err := v.Verify(context.Background(), token)
		fmt.Fprintf(&said, "%v %+v %#v %s\n", err, err, err, err)
		for e := err; e != nil; e = errors.Unwrap(e) {
			fmt.Fprintln(&said, e)
		}
		x := requestWith("Authorization", "Bearer "+token)
		v.Authenticate(x, "admin")
		if x.problem != nil {
			slog.Error("refused", "error", x.problem, "cause", x.problem.Cause)
			body, _ := x.problem.MarshalJSON()
			fmt.Fprintln(&said, x.problem, x.problem.Cause, x.problem.Header, string(body))
		}
	}
	if log.Len() == 0 || said.Len() == 0 {
		t.Fatal("nothing was said")
	}
	all := log.String() + said.String()
	for _, token := range tokens {
		forbidden := append(strings.Split(token, "."), mark, secret, previous)
		for _, text := range forbidden {
			if text != "" && strings.Contains(all, text) {
				t.Errorf("%q is in what is said", text)
			}
		}
	}
}
