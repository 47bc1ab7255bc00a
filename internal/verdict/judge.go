package verdict

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/errors"
	"github.com/pb33f/libopenapi/datamodel"
)

// service is a server with its document.
type service struct {
	name        string
	doc         *document
	handler     http.Handler
	validator   validator.Validator
	credentials http.Header
	ops         []*operation
}

func newService(name string, text []byte, handler http.Handler, credentials http.Header) (*service, error) {
	doc, err := parseDocument(text)
	if err != nil {
		return nil, err
	}
	// A list of the type itself may be empty, so that it ends.
	parsed, err := libopenapi.NewDocumentWithConfiguration(text, &datamodel.DocumentConfiguration{IgnoreArrayCircularReferences: true})
	if err != nil {
		return nil, err
	}
	v, errs := validator.NewValidator(parsed, config.WithFormatAssertions(), config.WithLogger(slog.New(slog.DiscardHandler)))
	if len(errs) > 0 {
		return nil, fmt.Errorf("%v", errs)
	}
	return &service{name: name, doc: doc, handler: handler, validator: v, credentials: credentials, ops: doc.operations()}, nil
}

// answer is what the server says of a request.
type answer struct {
	status int
	code   string // of an error that the route declares
	issues []issue
	detail string
	res    *http.Response
	body   []byte
}

// issue is one mistake that the server tells.
type issue struct {
	Pointer, Parameter, In, Code, Detail string
}

// domain are the statuses of errors that a route declares: the request was fine.
var domain = []int{http.StatusConflict, http.StatusGone, http.StatusTooManyRequests}

// accepts reports whether the request itself was fine.
func (a *answer) accepts() bool {
	return a.status < 400 || slices.Contains(domain, a.status) || a.code != ""
}

func (s *service) ask(r *request) *answer {
	rec := httptest.NewRecorder()
	s.handler.ServeHTTP(rec, r.http())
	a := &answer{status: rec.Code, res: rec.Result(), body: rec.Body.Bytes()}
	a.res.Body = io.NopCloser(bytes.NewReader(a.body))
	if a.status >= 400 {
		var problem struct {
			Code   any // a number in package wrapped
			Detail string
			Errors []issue
		}
		_ = json.Unmarshal(a.body, &problem)
		a.code, _ = problem.Code.(string)
		a.detail, a.issues = problem.Detail, problem.Errors
	}
	return a
}

// complaints are what the document has against a request, none when it fits.
func (s *service) complaints(r *request) (list []*errors.ValidationError) {
	defer func() {
		if v := recover(); v != nil {
			list = append(list, &errors.ValidationError{Message: fmt.Sprintf("the validator panicked: %v", v)})
		}
	}()
	ok, list := s.validator.ValidateHttpRequestSync(r.http())
	if ok {
		return nil
	}
	return list
}

// wrongAnswer says what the document has against the answer of the server.
func (c *trial) wrongAnswer() string {
	a, s := c.answer, c.service
	if a.status >= 500 {
		return fmt.Sprintf("status %d", a.status)
	}
	path, _, _ := strings.Cut(c.request.target, "?")
	if a.status == http.StatusNotFound && a.code == "" || strings.Contains(path, "%2F") {
		return "" // paths of which the router says that they are none, or the reader of the document
	}
	ok, list := s.validator.ValidateHttpResponse(c.request.http(), a.res)
	if ok {
		return ""
	}
	for _, x := range flatten(list) {
		if x.edgeOfEmail() || strings.Contains(x.reason, "cannot unmarshal number") && huge(c.request.body) {
			continue // which are exceptions of requests
		}
		return x.String()
	}
	return ""
}

// count makes n requests and tells how many are accepted and refused.
func (s *service) count(op *operation, n uint64) (taken, refused int) {
	for seed := range n {
		m := &maker{doc: s.doc, rnd: rand.New(rand.NewPCG(seed, 1))}
		if s.ask(m.request(op, s.credentials)).accepts() {
			taken++
		} else {
			refused++
		}
	}
	return taken, refused
}

var patterns sync.Map

// matches reports whether a text matches a pattern of a document, which may be
// nil.
func matches(pattern any, text string) bool {
	p, ok := pattern.(string)
	if !ok {
		return true
	}
	re, ok := patterns.Load(p)
	if !ok {
		re, _ = patterns.LoadOrStore(p, regexp.MustCompile(p))
	}
	return re.(*regexp.Regexp).MatchString(text)
}
