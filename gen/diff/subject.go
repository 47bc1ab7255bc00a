package diff

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/oasdiff/oasdiff/checker"
)

// A change has no members that name its field; only its sentence says which of
// its arguments does. So the sentence is made once more with marks in place of
// the arguments, and the words around them are read.
var (
	parameterWords = regexp.MustCompile(`<(\d+)> request parameter(?:'s)? <(\d+)>`)
	memberBehind   = regexp.MustCompile(`property <(\d+)>`)
	memberBefore   = regexp.MustCompile(`<(\d+)>(?: (?:request|response|read-only|write-only|optional|required)(?:'s)?)* property`)
	headerWords    = regexp.MustCompile(`<(\d+)> (?:request|response) header|header <(\d+)>`)
)

// subject finds out what a change is about, nil for none or for another thing
// than a parameter or a member.
func subject(c checker.Change, localize checker.Localizer) *Subject {
	args := c.GetArgs()
	marks := make([]any, len(args))
	for i := range args {
		marks[i] = fmt.Sprintf("<%d>", i)
	}
	words := localize(c.GetId(), marks...)
	arg := func(index string) string {
		i, err := strconv.Atoi(index)
		if err != nil || i >= len(args) {
			return ""
		}
		text, _ := args[i].(string)
		return text
	}
	if m := parameterWords.FindStringSubmatch(words); m != nil {
		return named(arg(m[1]), arg(m[2]))
	}
	in := "response"
	if strings.Contains(c.GetId(), "request") {
		in = "request"
	}
	if headerWords.MatchString(words) {
		return nil
	}
	for _, form := range []*regexp.Regexp{memberBefore, memberBehind} {
		if m := form.FindStringSubmatch(words); m != nil {
			return named(in, strings.Trim(arg(m[1]), "/"))
		}
	}
	return nil
}

func named(in, name string) *Subject {
	if in == "" || name == "" {
		return nil
	}
	return &Subject{In: in, Name: name}
}
