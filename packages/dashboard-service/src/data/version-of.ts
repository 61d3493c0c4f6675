import { createHash } from 'node:crypto';
import type { ContentModel } from '../content/content.ts';

const known = new WeakMap<ContentModel, string>();

/** Name and version of a data source: another one wherever its definition or its data is another. */
export function versionOf(model: ContentModel): string {
  const version = known.get(model) ?? digestOf(model);
  known.set(model, version);
  return version;
}

function digestOf(model: ContentModel): string {
  return createHash('sha256').update(JSON.stringify(model)).digest('base64url');
}
