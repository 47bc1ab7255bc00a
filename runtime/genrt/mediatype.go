package genrt

import (
	"mime"
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/runtime"
)

// isJSON reports whether the header describes a body that can be read:
// application/json without a content coding. Its media type is compared without
// case (RFC 9110 section 8.3.1); the one parameter it may have is charset=utf-8.
func isJSON(h http.Header) bool {
	if isCoded(h["Content-Encoding"]) { //check:content-encoding
		return false
	}
	types := h["Content-Type"]
	if len(types) != 1 { //check:no-content-type
		return false
	}
	switch types[0] { // as nearly everybody writes it
	case "application/json", "application/json; charset=utf-8", "application/json; charset=UTF-8":
		return true
	}
	mediaType, params, err := mime.ParseMediaType(types[0])
	return err == nil && mediaType == "application/json" && allows(params)
}

// allows reports whether the body can be read with the parameters of its type.
func allows(params map[string]string) bool {
	if !saysUTF8(params) { //check:charset
		return false
	}
	return true
}

// isCoded reports whether the values of Content-Encoding name any coding.
func isCoded(codings []string) bool {
	return len(codings) > 1 || len(codings) == 1 && !strings.EqualFold(codings[0], "identity")
}

// saysUTF8 reports whether there are no parameters but charset=utf-8.
func saysUTF8(params map[string]string) bool {
	charset, ok := params["charset"]
	return len(params) == 0 || ok && len(params) == 1 && strings.EqualFold(charset, "utf-8")
}

// refuseType answers 415 and says what would do (RFC 9110 section 15.5.16).
func (c *Call) refuseType() {
	p := &runtime.Problem{
		Status: http.StatusUnsupportedMediaType,
		Detail: "the body must be application/json",
		Header: http.Header{"Accept": {"application/json"}},
	}
	if len(c.r.Header["Content-Encoding"]) > 0 {
		p.Detail = "the body must be application/json without a Content-Encoding"
		p.Header["Accept-Encoding"] = []string{"identity"}
	}
	c.answer(p)
}
