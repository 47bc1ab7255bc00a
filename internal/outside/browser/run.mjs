// node run.mjs BASE SCREENSHOT opens the documentation page of the example, which
// serves at BASE, and does what a reader does and what an attacker would like to.
import { statSync } from "node:fs";
import { hostileDocument, title } from "./hostile.mjs";
import { check, withElsewhere, withPage } from "./watch.mjs";

const [base, screenshot] = process.argv.slice(2);
const path = "/docs/";

// operation returns the block of an operation, opened and ready to send.
async function operation(page, address) {
	const block = page.locator(".opblock", { has: page.locator(`[data-path="${address}"]`) });
	await block.locator(".opblock-summary-control").click();
	await block.getByRole("button", { name: "Try it out" }).click();
	return block;
}

// execute sends an operation with body, and returns the status in the page and the
// response.
async function execute(page, block, address, body) {
	await block.locator("textarea.body-param__text").fill(body);
	const [response] = await Promise.all([
		page.waitForResponse((r) => new URL(r.url()).pathname === address),
		block.getByRole("button", { name: "Execute" }).click(),
	]);
	const status = block.locator(".live-responses-table tbody .response-col_status").first();
	return { status: (await status.innerText()).trim(), response };
}

// stored returns how much the page has left in the browser.
const stored = (page) =>
	page.evaluate(async () => ({
		local: localStorage.length,
		session: sessionStorage.length,
		cookies: document.cookie.length,
		databases: (await indexedDB.databases()).length,
		caches: (await caches.keys()).length,
		workers: (await navigator.serviceWorker.getRegistrations()).length,
	}));

async function storesNothing(page) {
	for (const [where, n] of Object.entries(await stored(page))) check(n === 0, `the page left something in the browser: ${where}`);
}

function nothingWrong(noticed) {
	for (const kind of ["errors", "dialogs", "violations"]) {
		check(noticed[kind].length === 0, `${kind} in the page: ${noticed[kind].join("; ")}`);
	}
	for (const { url } of noticed.requests) {
		check(new URL(url).origin === base || /^(data|about):/.test(url), `a request left the origin: ${url}`);
	}
}

// asksFor checks that the page is what it is made of, and nothing else.
function asksFor(noticed, names) {
	const asked = new Set(noticed.requests.map((r) => r.url).filter((url) => url.startsWith(base + path)));
	const want = names.map((name) => base + path + name);
	check(asked.size === want.length && want.every((url) => asked.has(url)), `the page asked for ${[...asked].join(" ")}`);
	console.log(`browser: the page is ${want.length} requests`);
}

// A reader logs in, authorizes, and asks who they are.
async function readerSees200(page, noticed) {
	await page.goto(base + path);
	check((await page.title()) === "User API", `the page is called ${await page.title()}`);
	await page.locator(".opblock").first().waitFor();
	const login = await operation(page, "/user/login");
	const session = await execute(page, login, "/user/login", '{"username": "alice", "password": "wonderland"}');
	check(session.status === "200", `login shows ${session.status}`);
	const token = (await session.response.json()).accessToken;

	const info = await operation(page, "/user/info");
	const before = await execute(page, info, "/user/info", "{}");
	check(before.status === "401", `without a token, info shows ${before.status}`);
	// That answer is wanted, and the browser reports it as an error of the console.
	check(noticed.errors.length === 1 && noticed.errors[0].includes("401"), `errors: ${noticed.errors.join("; ")}`);
	noticed.errors.length = 0;

	await page.locator(".auth-wrapper button.authorize").click();
	const dialog = page.locator(".dialog-ux");
	await dialog.locator("input").fill(token);
	await dialog.getByRole("button", { name: "Apply credentials" }).click();
	await dialog.getByRole("button", { name: "Close" }).last().click();
	const after = await execute(page, info, "/user/info", "{}");
	check(after.response.request().headers().authorization === `Bearer ${token}`, "the token is not sent as RFC 6750 has it");
	check(after.response.status() === 200 && after.status === "200", `with a token, info shows ${after.status}`);
	check((await info.locator(".live-responses-table").innerText()).includes("alice"), "the answer is not in the page");
	await info.locator(".live-responses-table").evaluate((e) => e.scrollIntoView({ block: "center" }));
	await page.screenshot({ path: screenshot });
	check(statSync(screenshot).size > 10_000, "the screenshot is empty");
	console.log(`browser: /user/info shows 200, see ${screenshot}`);

	asksFor(noticed, ["", "page.js", "page.css", "swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "openapi.yaml"]);
	await storesNothing(page);
	await page.reload();
	await page.locator(".auth-wrapper button.authorize.unlocked").waitFor(); // the token is gone
	await storesNothing(page);
	nothingWrong(noticed);

	// What reports violations works.
	await page.evaluate(() => document.head.append(Object.assign(document.createElement("style"), { textContent: "p{}" })));
	for (let i = 0; i < 100 && noticed.violations.length === 0; i++) await page.waitForTimeout(50);
	check(noticed.violations.length === 1, "a violation of the policy would not be noticed");
}

// Whoever sends a link to the page chooses nothing in it.
async function linksChooseNothing(page, noticed, elsewhere, got) {
	for (const name of ["url", "configUrl", "urls.primaryName", "config", "spec"]) {
		for (const mark of ["?", "#?", "#/?"]) {
			await page.goto("about:blank");
			await page.goto(`${base}${path}${mark}${name}=${encodeURIComponent(`${elsewhere}/x.json`)}`);
			await page.locator(".opblock").first().waitFor();
			const shown = await page.locator(".info h1, .info h2").first().innerText();
			check(shown.includes("User API"), `${mark}${name}= changes the page: ${shown}`);
		}
	}
	check(got().length === 0, `a link made the page ask elsewhere: ${got().join("; ")}`);
	nothingWrong(noticed);
}

// hostileParts returns what ran, or would have run without the policy.
const hostileParts = (page) =>
	page.evaluate(() => {
		const found = window.ran ? ["a script has run"] : [];
		const root = document.getElementById("swagger-ui");
		for (const e of root.querySelectorAll("*")) {
			if (["SCRIPT", "IFRAME", "OBJECT", "EMBED", "BASE", "META", "LINK", "STYLE"].includes(e.tagName.toUpperCase())) {
				found.push(`an element ${e.tagName}`);
			}
			for (const { name, value } of e.attributes) {
				const scripted = /^(href|src|action|formaction|data|xlink:href)$/i.test(name) && /^[\s\x00-\x1f]*(javascript|data:text)/i.test(value);
				if (/^on/i.test(name) || scripted) found.push(`${e.tagName} ${name}`);
			}
		}
		return found;
	});

// showHostile shows a hostile document with all that it has.
async function showHostile(page, elsewhere) {
	await page.route("**/openapi.yaml", (route) => route.fulfill({ body: hostileDocument(elsewhere), contentType: "application/yaml" }));
	await page.goto(base + path);
	const block = page.locator(".opblock");
	await block.locator(".opblock-summary-control").click();
	await block.getByText("text that is shown").first().waitFor();
	check((await page.locator(".info").innerText()).includes(title), "the title is not shown as it is written");
	const dialog = page.locator(".dialog-ux");
	await page.locator(".auth-wrapper button.authorize").click();
	await dialog.getByText("text that is shown").first().waitFor();
	await dialog.locator("input").fill("a token");
	await dialog.getByRole("button", { name: "Apply credentials" }).click();
	await dialog.getByRole("button", { name: "Close" }).last().click();
	await page.locator("section.models .json-schema-2020-12-accordion").first().click();
	await page.locator("section.models").getByText("text that is shown").first().waitFor();
	return block;
}

// What text a document has, it runs no script: with the policy, and by what Swagger
// UI takes out of it alone.
async function hostileTextIsText(page, noticed, elsewhere) {
	await showHostile(page, elsewhere);
	const found = await hostileParts(page);
	check(found.length === 0, `the document's text is more than text: ${found.join("; ")}`);
	check(noticed.dialogs.length === 0, "a dialog was opened");

	// What looks for it finds it.
	await page.evaluate(() => {
		const link = Object.assign(document.createElement("a"), { href: " javascript:0" });
		link.setAttribute("onclick", "0");
		document.getElementById("swagger-ui").append(link, document.createElement("iframe"));
		window.ran = 1;
	});
	check((await hostileParts(page)).length === 4, "a script that ran would not be noticed");
}

// Neither pictures nor operations reach a server that the document names.
async function hostileTextStaysHere(page, noticed, elsewhere, got) {
	const block = await showHostile(page, elsewhere);
	await block.getByRole("button", { name: "Try it out" }).click();
	await block.getByRole("button", { name: "Execute" }).click();
	await block.locator(".live-responses-table").getByText("Failed to fetch").first().waitFor();
	check(got().length === 0, `the document made the page ask elsewhere: ${got().join("; ")}`);
	for (const directive of ["img-src", "connect-src"]) {
		check(noticed.violations.some((v) => v.startsWith(`${directive} ${elsewhere}`)), `no ${directive} was refused: the test shows nothing`);
	}
	await storesNothing(page);
}

// against calls use with a page and a server of another origin.
const against = (use, options) =>
	withElsewhere((elsewhere, got) => withPage((page, noticed) => use(page, noticed, elsewhere, got), options));

await withPage(readerSees200);
await against(linksChooseNothing);
console.log("browser: links to the page change nothing in it");
await against(hostileTextIsText);
await against(hostileTextIsText, { bypassCSP: true });
await against(hostileTextStaysHere);
console.log("browser: a hostile document is shown as text, and reaches no other server");
