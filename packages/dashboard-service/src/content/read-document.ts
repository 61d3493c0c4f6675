import type * as v from 'valibot';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { pointerOf } from './document-pointer.ts';

/** Keys from the root to a value. */
export type DocumentPath = readonly (string | number)[];

/** A fault inside one document. */
export interface DocumentFault {
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
  readonly reason: string;
}

/** A parsed file: its value and where each part of it stands. */
export interface ReadDocument {
  readonly value: unknown;
  readonly faults: readonly DocumentFault[];
  /** A fault at a path, for checks that come later. */
  faultAt(path: DocumentPath, reason: string): DocumentFault;
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads YAML 1.2 or JSON and keeps the place of every value. */
export function readDocument(text: string, form: 'yaml' | 'json'): ReadDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const faultAt = (path: DocumentPath, reason: string): DocumentFault => ({
    ...lineAndColumn(lineCounter, offsetOf(document, path)),
    pointer: pointerOf(path),
    reason,
  });
  const problems = document.errors.map((error) => ({
    ...lineAndColumn(lineCounter, error.pos[0]),
    pointer: '',
    reason: `cannot be read: ${error.message}`,
  }));
  if (problems.length > 0) return { value: undefined, faults: problems, faultAt };
  if (form === 'json') {
    const fault = strictJsonFault(text);
    if (fault) return { value: undefined, faults: [fault], faultAt };
  }
  const value = toPlain(document);
  if (value === undefined) {
    return { value, faults: [faultAt([], 'is empty or nests too many aliases')], faultAt };
  }
  const forbidden = forbiddenKeyPath(value);
  if (forbidden)
    return { value: undefined, faults: [faultAt(forbidden, 'key is not allowed')], faultAt };
  return { value, faults: [], faultAt };
}

/** The faults a schema finds in a document, each with its place. */
export function schemaFaults(
  document: ReadDocument,
  issues: readonly v.BaseIssue<unknown>[],
): DocumentFault[] {
  return issues.map((issue) => {
    const path = (issue.path ?? []).map((part) => part.key as string | number);
    return document.faultAt(path, reasonOf(issue, path));
  });
}

function reasonOf(issue: v.BaseIssue<unknown>, path: DocumentPath): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `unknown key ${JSON.stringify(path.at(-1))}`;
  }
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    return `${issue.expected} is missing`;
  }
  return issue.message;
}

function lineAndColumn(lineCounter: LineCounter, offset: number) {
  const { line, col } = lineCounter.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Start of the deepest part of the path that exists; of a map's entry its key. */
function offsetOf(document: Document, path: DocumentPath): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly [number, number, number] | null } | null)?.range?.[0];
}

function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? undefined;
  } catch {
    return undefined;
  }
}

function strictJsonFault(text: string): DocumentFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const place = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '');
    return {
      line: Number(place?.[1] ?? 1),
      column: Number(place?.[2] ?? 1),
      pointer: '',
      reason: 'cannot be read as JSON',
    };
  }
}

function forbiddenKeyPath(root: unknown): DocumentPath | undefined {
  const open: { value: unknown; path: DocumentPath }[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [key, value] of Object.entries(next.value)) {
      const path = [...next.path, Array.isArray(next.value) ? Number(key) : key];
      if (forbiddenKeys.has(key)) return path;
      open.push({ value, path });
    }
  }
  return undefined;
}
