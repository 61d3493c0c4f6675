/** `node test/docs/write-errors.ts` writes the catalogue of codes. */
import { writeFileSync } from 'node:fs';
import { catalogueFile, errorCatalogue } from './error-catalogue.ts';

writeFileSync(catalogueFile, errorCatalogue());
