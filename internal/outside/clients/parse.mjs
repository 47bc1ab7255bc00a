// Asks swagger-parser whether the files at argv[2..] are documents.
import SwaggerParser from "@apidevtools/swagger-parser";

for (const file of process.argv.slice(2)) {
  try {
    await SwaggerParser.validate(file);
  } catch (e) {
    console.error(`${file}: ${e.message}`);
    process.exitCode = 1;
  }
}
