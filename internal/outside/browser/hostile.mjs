// A document that tries to run scripts and to reach another server by every text
// that the page shows.
const call = "window.ran=1";

const html = (elsewhere) => [
	"text that is shown",
	`<script>${call}</script>`,
	`<img src="x" onerror="${call}">`,
	`<img src="${elsewhere}/picture">`,
	`<svg onload="${call}"><a xlink:href="javascript:${call}"><text>svg</text></a></svg>`,
	`<math><mtext><table><mglyph><style><img src=x onerror="${call}"></style></mglyph></table></mtext></math>`,
	`<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
	`<iframe src="javascript:parent.ran=1"></iframe>`,
	`<object data="javascript:${call}"></object><embed src="javascript:${call}">`,
	`<a href="javascript:${call}">html link</a>`,
	`[markdown link](javascript:${call})`,
	`[data link](data:text/html,<script>${call}</script>)`,
	`![picture](${elsewhere}/markdown)`,
	`<form action="${elsewhere}/form"><button autofocus onfocus="${call}">send</button></form>`,
	`<style>@import url(${elsewhere}/style);</style>`,
	`<link rel="stylesheet" href="${elsewhere}/link"><base href="${elsewhere}/">`,
	`<meta http-equiv="refresh" content="0;url=${elsewhere}/refresh">`,
	`<details open ontoggle="${call}">details</details>`,
].join("\n\n");

export const title = "</title></script><script>window.ran=1</script>";

export function hostileDocument(elsewhere) {
	const text = html(elsewhere);
	const link = `javascript:${call}`;
	const schema = {
		type: "object",
		title: text,
		description: text,
		properties: {
			[`<img src=x onerror=${call}>`]: { type: "string", description: text, default: text, example: text },
			kind: { type: "string", enum: [text, `"><script>${call}</script>`], description: text },
		},
	};
	return JSON.stringify({
		openapi: "3.1.1",
		info: {
			title,
			version: `<script>${call}</script>`,
			summary: text,
			description: text,
			termsOfService: link,
			contact: { name: text, url: link, email: `"><script>${call}</script>` },
			license: { name: text, url: link },
		},
		externalDocs: { url: link, description: text },
		servers: [{ url: elsewhere, description: text }, { url: link }],
		tags: [{ name: "hostile", description: text, externalDocs: { url: link, description: text } }],
		paths: {
			"/hostile": {
				get: {
					tags: ["hostile"],
					operationId: `x"><script>${call}</script>`,
					summary: text,
					description: text,
					externalDocs: { url: link, description: text },
					security: [{ Auth: [] }],
					parameters: [
						{ name: `"><img src=x onerror=${call}>`, in: "query", description: text, schema: { type: "string", example: text } },
					],
					responses: {
						200: {
							description: text,
							headers: { "X-Hostile": { description: text, schema: { type: "string" } } },
							content: { "application/json": { schema, examples: { one: { summary: text, description: text, value: text } } } },
						},
					},
				},
			},
		},
		components: {
			schemas: { Hostile: schema },
			securitySchemes: { Auth: { type: "http", scheme: "bearer", description: text } },
		},
	});
}
