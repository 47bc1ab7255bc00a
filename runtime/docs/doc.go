// Package docs serves an OpenAPI document and a page that shows it and tries its
// operations out: Swagger UI, from the program itself. The page fetches nothing
// from elsewhere, keeps nothing, and takes no address of another document.
//
// Nothing is served until [Handler] is mounted, which needs an [Access] that says
// who may see it:
//
//	page, err := docs.Handler(document, docs.Public())
//	...
//	mux.Handle("GET /docs/", http.StripPrefix("/docs", page))
//
// It is a module of its own, so that services without it link none of this.
package docs
