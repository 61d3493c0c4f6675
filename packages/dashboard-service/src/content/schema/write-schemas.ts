/** Writes the published JSON Schemas of the content folder: `node src/content/schema/write-schemas.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { jsonSchemas } from './json-schemas.ts';

const folder = new URL('../../../schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [kind, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(new URL(`${kind}.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
