package openapi

// eachSchema calls f for every schema of the document, outer ones first.
func (doc *document) eachSchema(f func(*schema)) {
	visit := func(s *schema) { s.each(f) }
	for _, name := range doc.Components.Schemas.names {
		visit(doc.Components.Schemas.values[name])
	}
	for _, name := range doc.Components.Responses.names {
		doc.Components.Responses.values[name].eachSchema(visit)
	}
	for _, path := range doc.Paths.names {
		item := doc.Paths.values[path]
		for _, method := range item.names {
			item.values[method].eachSchema(visit)
		}
	}
}

func (op *operation) eachSchema(visit func(*schema)) {
	for _, p := range op.Parameters {
		visit(p.Schema)
	}
	if op.RequestBody != nil {
		eachContent(&op.RequestBody.Content, visit)
	}
	for _, status := range op.Responses.names {
		op.Responses.values[status].eachSchema(visit)
	}
}

func (r *response) eachSchema(visit func(*schema)) {
	for _, name := range r.Headers.names {
		visit(r.Headers.values[name].Schema)
	}
	eachContent(&r.Content, visit)
}

func eachContent(content *ordered[mediaType], visit func(*schema)) {
	for _, name := range content.names {
		visit(content.values[name].Schema)
	}
}
