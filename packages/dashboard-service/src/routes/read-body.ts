import { Problem } from '@vitrine/token-service';
import * as v from 'valibot';
import { pointerOf } from '../content/document-pointer.ts';

const maxDepth = 64;
const maxNodes = 200_000;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The body of a request, parsed, in its documented form.
 *
 * @throws Problem `body_invalid` with the places that are wrong
 */
export function readBody<Schema extends v.GenericSchema>(
  body: unknown,
  schema: Schema,
): v.InferOutput<Schema> {
  if (!isTame(body)) throw new Problem('body_invalid');
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new Problem('body_invalid', {
    errors: result.issues.map(({ path }) => ({
      pointer: pointerOf((path ?? []).map(({ key }) => String(key).slice(0, 64))),
      message: 'is not as documented',
    })),
  });
}

/** Depth and width that every later walk over the body survives, and no key that reaches a prototype (B-4, B-5). */
function isTame(root: unknown): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  let nodes = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    nodes += 1;
    if (nodes > maxNodes || next.depth > maxDepth) return false;
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [key, value] of Object.entries(next.value)) {
      if (forbiddenKeys.has(key)) return false;
      open.push({ value, depth: next.depth + 1 });
    }
  }
  return true;
}
