// Compares the documents at argv[2..], which are YAML, with those of the same name
// in JSON.
import { readFileSync } from "node:fs";
import { deepStrictEqual } from "node:assert";
import { parse } from "yaml";

for (const file of process.argv.slice(2)) {
  const json = JSON.parse(readFileSync(file.replace(/\.yaml$/, ".json"), "utf8"));
  delete json["x-generated"]; // which is a comment in YAML
  deepStrictEqual(parse(readFileSync(file, "utf8")), json, file);
}
