package gogen

import (
	"reflect"
	"unicode"
	"unicode/utf8"

	"github.com/apigen-go/apigen/gen/model"
)

// helpers are the functions of the codec file that were asked for, in the
// order of the asking: what nobody asks for is never written.
type helpers struct {
	api, newAPI string
	problem     string
	routes      map[*model.Route]*routeNames
	written     map[string]bool // functions of api_gen.go that several routes share

	readers   []claimsReader
	binds     []*binding
	bindings  map[model.TypeID][]*binding
	decodes   queue
	encodes   queue
	validates queue
	enums     queue
}

func newHelpers() helpers {
	return helpers{
		routes:    map[*model.Route]*routeNames{},
		written:   map[string]bool{},
		bindings:  map[model.TypeID][]*binding{},
		decodes:   queue{prefix: "decode"},
		encodes:   queue{prefix: "encode"},
		validates: queue{prefix: "validate"},
		enums:     queue{prefix: "known"},
	}
}

// queue holds the functions of one sort: one for each type.
type queue struct {
	prefix string
	names  map[model.TypeID]string
	ids    []model.TypeID
	next   int
}

// ask returns the name of the function for t, which will be written.
func (q *queue) ask(n *names, t *model.Type) string {
	if name, ok := q.names[t.ID]; ok {
		return name
	}
	name := n.pick(q.prefix + label(t))
	if q.names == nil {
		q.names = map[model.TypeID]string{}
	}
	q.names[t.ID] = name
	q.ids = append(q.ids, t.ID)
	return name
}

// take returns the next type whose function is to be written.
func (q *queue) take() (model.TypeID, bool) {
	if q.next == len(q.ids) {
		return model.NoType, false
	}
	q.next++
	return q.ids[q.next-1], true
}

// label is the part of a function's name that tells the type.
func label(t *model.Type) string {
	name := t.Label
	if name == "" && len(t.Go) > 0 {
		name = identifier(t.Go[len(t.Go)-1].Text)
	}
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[size:]
}

// binding is the function that fills a request, and those it calls.
type binding struct {
	req  *model.Request
	bind string
	walk string // validator of the request, "" when there is nothing to call
}

// binding returns the functions of a request. Routes that fill the same type
// the same way share them.
func (g *generator) binding(req *model.Request) *binding {
	h := &g.helpers
	for _, b := range h.bindings[req.Type] {
		if b.req == req || reflect.DeepEqual(b.req, req) {
			return b
		}
	}
	t := g.p.Type(req.Type)
	b := &binding{req: req, bind: g.names.pick("bind" + label(t))}
	if !req.Plain && g.requestValidated(req) {
		b.walk = g.names.pick("validate" + label(t))
	}
	h.bindings[req.Type] = append(h.bindings[req.Type], b)
	h.binds = append(h.binds, b)
	return b
}

func (g *generator) bindFunc(r *model.Route) string { return g.binding(r.Request).bind }

func (g *generator) decodeFunc(t *model.Type) string { return g.helpers.decodes.ask(g.names, t) }
func (g *generator) encodeFunc(t *model.Type) string { return g.helpers.encodes.ask(g.names, t) }
func (g *generator) walkFunc(t *model.Type) string   { return g.helpers.validates.ask(g.names, t) }
func (g *generator) enumFunc(t *model.Type) string   { return g.helpers.enums.ask(g.names, t) }
