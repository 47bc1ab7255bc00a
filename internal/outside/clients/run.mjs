// Runs what esbuild made of the programs against the server at argv[2].
import { pathToFileURL } from "node:url";

for (const file of process.argv.slice(3)) {
  const { default: check } = await import(pathToFileURL(file).href);
  await check(process.argv[2]);
}
