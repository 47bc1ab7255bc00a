package observe_test

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/genrt"
	"github.com/apigen-go/apigen/runtime/observe"
)

// service has routes as generated code has them.
func service(t *testing.T, inside func(*http.Request)) http.Handler {
	t.Helper()
	s := genrt.NewServer(nil)
	answer := func(w http.ResponseWriter, r *http.Request) {
		c := s.Begin(w, r)
		defer c.End()
		inside(r)
		if r.PathValue("id") == "0" {
			c.Problem(&runtime.Problem{Status: http.StatusNotFound})
			return
		}
		c.NoContent(http.StatusNoContent)
	}
	h, err := s.NewHandler([]genrt.Route{
		{Pattern: "GET /user/{id}", Handler: http.HandlerFunc(answer)},
		{Pattern: "POST /user/login", Handler: http.HandlerFunc(answer)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// requests are what the tests send: 2 routes, 404 on a route, no route, another
// method, no method at all.
var requests = []struct{ method, path string }{
	{"GET", "/user/1"},
	{"GET", "/user/2"},
	{"GET", "/user/0"},
	{"POST", "/user/login"},
	{"GET", "/nowhere/1"},
	{"GET", "/nowhere/2"},
	{"PUT", "/user/login"},
	{"BREW", "/nowhere"},
}

func send(h http.Handler, method, path string) *http.Request {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	h.ServeHTTP(httptest.NewRecorder(), r)
	return r
}

func TestTrace(t *testing.T) {
	spans := tracetest.NewInMemoryExporter()
	provider := sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))
	var inside []string
	h := observe.Trace(otelhttp.WithTracerProvider(provider), otelhttp.WithPropagators(propagation.TraceContext{}))(service(t, func(r *http.Request) {
		inside = append(inside, trace.SpanContextFromContext(r.Context()).TraceID().String())
	}))
	for _, r := range requests {
		send(h, r.method, r.path)
	}
	var names []string
	for _, s := range spans.GetSpans() {
		names = append(names, s.Name)
		if got := s.SpanContext.TraceID().String(); got != "0af7651916cd43dd8448eb211c80319c" {
			t.Errorf("%s is in the trace %s, not the caller's", s.Name, got)
		}
	}
	if want := []string{"GET /user/{id}", "GET /user/{id}", "GET /user/{id}", "POST /user/login", "GET", "GET", "PUT", "HTTP"}; !slices.Equal(names, want) {
		t.Errorf("spans are\n%q, want\n%q", names, want)
	}
	if len(inside) != 4 || inside[0] != "0af7651916cd43dd8448eb211c80319c" {
		t.Errorf("handlers see the traces %q", inside)
	}
	if r := send(h, "GET", "/user/1"); r.Pattern != "GET /user/{id}" {
		t.Errorf("outside the pattern is %q", r.Pattern)
	}
}

func TestMetrics(t *testing.T) {
	reg := prometheus.NewPedanticRegistry()
	metrics, err := observe.Metrics(reg)
	if err != nil {
		t.Fatal(err)
	}
	provider := sdktrace.NewTracerProvider()
	h := observe.Trace(otelhttp.WithTracerProvider(provider), otelhttp.WithPropagators(propagation.TraceContext{}))(
		metrics(service(t, func(*http.Request) {
			if got := gauge(t, reg); got != 1 {
				t.Errorf("%v requests are in flight, want 1", got)
			}
		})))
	for _, r := range requests {
		send(h, r.method, r.path)
	}
	want := []string{
		"404 get unmatched 2", "204 get /user/{id} 2", "404 get /user/{id} 1", "204 post /user/login 1",
		"405 put unmatched 1", "404 unknown unmatched 1",
	}
	slices.Sort(want)
	if got := series(t, reg); !slices.Equal(got, want) {
		t.Errorf("series are\n%q, want\n%q", got, want)
	}
	if _, err := observe.Metrics(reg); err == nil {
		t.Error("registered twice without an error")
	}
}

// What clients make up makes no series, and what breaks is no longer in flight.
func TestHostile(t *testing.T) {
	reg, spans := prometheus.NewPedanticRegistry(), tracetest.NewInMemoryExporter()
	metrics, err := observe.Metrics(reg)
	if err != nil {
		t.Fatal(err)
	}
	h := observe.Trace(otelhttp.WithTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))))(
		metrics(service(t, func(r *http.Request) {
			if r.PathValue("id") == "panic" {
				panic(http.ErrAbortHandler)
			}
		})))
	for i := range 100 {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(fmt.Sprint("M", i), fmt.Sprint("/p", i), nil))
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", fmt.Sprint("/user/", i), nil))
	}
	if n := len(gather(t, reg, "http_server_request_duration_seconds")); n != 3 { // 404 and 204 of the route among them
		t.Errorf("200 requests made %d series", n)
	}
	names := map[string]bool{}
	for _, s := range spans.GetSpans() {
		names[s.Name] = true
	}
	if len(names) != 2 {
		t.Errorf("200 requests made spans called %v", names)
	}
	spans.Reset()
	func() {
		defer func() {
			if v := recover(); v != http.ErrAbortHandler {
				t.Errorf("%v came through", v)
			}
		}()
		send(h, "GET", "/user/panic")
	}()
	if got := gauge(t, reg); got != 0 {
		t.Errorf("after a panic %v requests are in flight", got)
	}
	if got := spans.GetSpans(); len(got) != 1 || got[0].EndTime.IsZero() {
		t.Errorf("the span of a panic has no end: %v", got)
	}
}

// Handlers control the connection through both, and net/http gets the form whose
// files it removes.
func TestThrough(t *testing.T) {
	metrics, err := observe.Metrics(prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(observe.Trace()(metrics(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		rc := http.NewResponseController(w)
		if err := errors.Join(rc.SetReadDeadline(time.Time{}), rc.SetWriteDeadline(time.Time{}), rc.EnableFullDuplex()); err != nil {
			t.Error(err)
		}
		conn, _, err := rc.Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
	}))))
	defer srv.Close()
	resp, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	if resp.Body.Close(); string(body) != "ok" {
		t.Errorf("got %q", body)
	}
	form := &multipart.Form{}
	r := httptest.NewRequest("POST", "/", nil)
	observe.Trace()(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { r.MultipartForm = form })).ServeHTTP(httptest.NewRecorder(), r)
	if r.MultipartForm != form {
		t.Error("the form is lost")
	}
}

func gather(t *testing.T, reg *prometheus.Registry, name string) []*dto.Metric {
	t.Helper()
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == name {
			return f.GetMetric()
		}
	}
	t.Fatalf("there is no metric %s", name)
	return nil
}

func gauge(t *testing.T, reg *prometheus.Registry) float64 {
	t.Helper()
	return gather(t, reg, "http_server_requests_in_flight")[0].GetGauge().GetValue()
}

// series lists the histograms by their labels, with their count. Each must know
// a trace.
func series(t *testing.T, reg *prometheus.Registry) []string {
	t.Helper()
	var all []string
	for _, m := range gather(t, reg, "http_server_request_duration_seconds") {
		labels := map[string]string{}
		for _, l := range m.GetLabel() {
			labels[l.GetName()] = l.GetValue()
		}
		h := m.GetHistogram()
		all = append(all, strings.Join([]string{labels["code"], labels["method"], labels["route"], string(rune('0' + h.GetSampleCount()))}, " "))
		known := false
		for _, b := range h.GetBucket() {
			known = known || b.GetExemplar() != nil && b.GetExemplar().GetLabel()[0].GetValue() == "0af7651916cd43dd8448eb211c80319c"
		}
		if !known {
			t.Errorf("%v has no exemplar", labels)
		}
	}
	slices.Sort(all)
	return all
}
