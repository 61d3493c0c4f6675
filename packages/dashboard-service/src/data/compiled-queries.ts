import {
  type CompileContext,
  type CompiledQuery,
  compileMembers,
  compileQuery,
} from '@vitrine/jaql';
import { memoryOf } from '@vitrine/token-service';
import { LRUCache } from 'lru-cache';
import type { ContentModel } from '../content/content.ts';
import type { DataRequest } from './run-query.ts';
import { versionOf } from './version-of.ts';

/** What decides about a statement besides the request. Each member of it is part of what a statement is kept under. */
export type CompileScope = Required<
  Pick<CompileContext, 'rules' | 'parameters' | 'dialect' | 'now' | 'timeZone' | 'maxRows'>
> & { readonly model: ContentModel };

/** Memory of keys and statements together, estimated, bytes. */
const mostBytes = 16 * 1024 ** 2;
/** Of one: long lists of members, and pivots with hundreds of totals, are compiled anew. */
const mostOfOne = mostBytes / 64;

/**
 * Statements by all that decides about them: readers with the same rights ask the same questions, and to compile one costs more
 * than all else that a kept answer takes. Only plain data goes into a key, so that it says everything about its parts (D-5).
 */
export class CompiledQueries {
  readonly #kept = new LRUCache<string, CompiledQuery>({
    maxSize: mostBytes,
    maxEntrySize: mostOfOne,
    sizeCalculation: (compiled, key) => memoryOf(key) + memoryOf(compiled),
  });

  /** Throws `JaqlError` with any of its codes. What comes is shared, and never changed. */
  compile(request: DataRequest, scope: CompileScope): CompiledQuery {
    const key = keyOf(request, scope);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const compiled = compile(request, scope);
    this.#kept.set(key, compiled);
    return compiled;
  }
}

function keyOf(
  request: DataRequest,
  { model, rules, parameters, dialect, now, timeZone, maxRows }: CompileScope,
): string {
  const decides = [rules, parameters, dialect.name, now.getTime(), timeZone, maxRows];
  return JSON.stringify([versionOf(model), request, ...decides]);
}

function compile(request: DataRequest, scope: CompileScope): CompiledQuery {
  if (request.kind === 'members') {
    return compileMembers(request.request, { ...scope, filters: request.filters ?? [] });
  }
  const { query, filters, filterRelations, ignore } = request;
  return compileQuery(query, {
    ...{ ...scope, filters },
    ...(filterRelations ? { filterRelations } : {}),
    ...(ignore ? { ignore } : {}),
  });
}
