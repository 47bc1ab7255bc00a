package verdict

import (
	"fmt"
	"math/rand/v2"

	"github.com/pb33f/libopenapi-validator/errors"
)

// trial is one request with both verdicts.
type trial struct {
	service    *service
	request    *request
	answer     *answer
	complaints []complaint
}

// complaint is one thing that the document has against a request.
type complaint struct {
	message, reason, path string
}

func (x complaint) String() string { return x.message + ": " + x.reason + " at " + x.path }

func flatten(list []*errors.ValidationError) []complaint {
	var out []complaint
	for _, e := range list {
		if len(e.SchemaValidationErrors) == 0 {
			out = append(out, complaint{e.Message, e.Reason, ""})
		}
		for _, f := range e.SchemaValidationErrors {
			out = append(out, complaint{e.Message, f.Reason, f.FieldPath})
		}
	}
	return out
}

// objections are what the server has against a request.
func (c *trial) objections() []issue {
	if len(c.answer.issues) > 0 {
		return c.answer.issues
	}
	return []issue{{Detail: c.answer.detail}}
}

// try makes the request of a seed. It returns what both sides disagree about
// and no exception covers, "" for nothing, and counts the exceptions in used.
func try(s *service, op *operation, seed uint64, used map[string]int) string {
	m := &maker{doc: s.doc, rnd: rand.New(rand.NewPCG(seed, 1))}
	r := m.request(op, s.credentials)
	c := &trial{service: s, request: r, answer: s.ask(r)}
	c.complaints = flatten(s.complaints(r))
	if wrong := c.wrongAnswer(); wrong != "" {
		return c.report("the answer is not in the document", wrong)
	}
	switch accepted, fits := c.answer.accepts(), len(c.complaints) == 0; {
	case accepted == fits:
		return ""
	case accepted:
		return c.accepted(used)
	default:
		return c.refused(used)
	}
}

// accepted excuses a request that the server takes and the document does not.
func (c *trial) accepted(used map[string]int) string {
	for _, complaint := range c.complaints {
		name := c.excused(complaint)
		if name == "" {
			return c.report("the server takes what the document refuses", complaint.String())
		}
		used[name]++
	}
	return ""
}

// refused excuses a request that the document takes and the server does not.
func (c *trial) refused(used map[string]int) string {
	for _, i := range c.objections() {
		name := c.objected(i)
		if name == "" {
			return c.report("the server refuses what the document takes", fmt.Sprintf("%+v", i))
		}
		used[name]++
	}
	return ""
}

func (c *trial) report(what, why string) string {
	return fmt.Sprintf("%s: %s\n%s\nrequest: %s\nanswer: %d %s", c.request.op, what, why, c.request, c.answer.status, c.answer.body)
}
