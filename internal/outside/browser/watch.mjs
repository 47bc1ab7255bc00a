// A browser without a past, and what is noticed of the pages it shows.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const flags = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

export function check(holds, text) {
	if (!holds) throw new Error(text);
}

// withPage opens a page in a new browser and calls use with it and with what is
// noticed of it: requests, errors of the console and of scripts, dialogs, and
// violations of the policy. Options are those of Playwright's contexts.
export async function withPage(use, options = {}) {
	const profile = mkdtempSync(join(tmpdir(), "apigen-browser-"));
	const browser = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		headless: true,
		args: flags,
		viewport: { width: 1280, height: 1000 },
		...options,
	});
	try {
		browser.setDefaultTimeout(60_000);
		const page = await browser.newPage();
		const noticed = { requests: [], errors: [], dialogs: [], violations: [] };
		page.on("request", (r) => noticed.requests.push({ method: r.method(), url: r.url(), headers: r.headers() }));
		page.on("pageerror", (e) => noticed.errors.push(e.message));
		page.on("console", (m) => {
			if (m.type() === "error") noticed.errors.push(`${m.text()} (${m.location().url})`);
		});
		page.on("dialog", (d) => {
			noticed.dialogs.push(d.message());
			return d.dismiss();
		});
		await page.exposeFunction("reportViolation", (text) => noticed.violations.push(text));
		await page.addInitScript(() => {
			document.addEventListener("securitypolicyviolation", (e) => {
				window.reportViolation(`${e.effectiveDirective} ${e.blockedURI}`);
			});
		});
		return await use(page, noticed);
	} finally {
		await browser.close();
		rmSync(profile, { recursive: true, force: true });
	}
}

// withElsewhere calls use with the address of a server of another origin, which
// answers everything to everyone, and a function that returns the requests it got.
export async function withElsewhere(use) {
	const got = [];
	const server = createServer((req, res) => {
		got.push(`${req.method} ${req.url}`);
		res.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": "application/json" });
		res.end(JSON.stringify({ openapi: "3.1.1", info: { title: "From elsewhere", version: "1" }, paths: {} }));
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${server.address().port}`;
	try {
		// A server that nobody can reach would get no requests, either.
		await fetch(`${url}/itself`);
		check(got.length === 1, "the server of another origin does not count requests");
		return await use(url, () => got.slice(1));
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
