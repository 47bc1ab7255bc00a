"use strict";

// The defaults of Swagger UI stay where they are what is wanted, and are written
// out where the page must not depend on them.
SwaggerUIBundle({
	dom_id: "#swagger-ui",
	url: document.getElementById("swagger-ui").dataset.document,
	deepLinking: true, // an operation has an address, behind #
	queryConfigEnabled: false, // no ?url= and no ?configUrl=
	persistAuthorization: false, // tokens go with the page
	validatorUrl: null, // nobody else is sent the document's address
});
