import * as v from 'valibot';
import type { ContentFile } from './list-content-files.ts';
import {
  type DocumentFault,
  type DocumentPath,
  readDocument,
  schemaFaults,
} from './read-document.ts';
import { objectSchemas } from './schema/json-schemas.ts';

/** One object of a file and where it stands in it. */
export interface FileEntry {
  readonly object: unknown;
  faultAt(path: DocumentPath, reason: string): DocumentFault;
}

/** A file after parsing and the check against its schema. No faults = every entry has its schema's shape. */
export interface FileVersion {
  readonly file: ContentFile;
  readonly entries: readonly FileEntry[];
  readonly faults: readonly DocumentFault[];
}

/** Parses a content file and checks its shape; what it refers to is checked later. */
export function readContentFile(file: ContentFile, text: string): FileVersion {
  const document = readDocument(text, file.name.endsWith('.json') ? 'json' : 'yaml');
  if (document.faults.length > 0) return { file, entries: [], faults: document.faults };
  const isList = Array.isArray(document.value) && (file.kind === 'users' || file.kind === 'groups');
  const schema: v.GenericSchema = isList
    ? v.array(objectSchemas[file.kind])
    : objectSchemas[file.kind];
  const result = v.safeParse(schema, document.value);
  if (!result.success) {
    return { file, entries: [], faults: schemaFaults(document, result.issues) };
  }
  const entries = isList
    ? (result.output as unknown[]).map((object, index) => ({
        object,
        faultAt: (path: DocumentPath, reason: string) => document.faultAt([index, ...path], reason),
      }))
    : [{ object: result.output, faultAt: document.faultAt }];
  return { file, entries, faults: [] };
}
