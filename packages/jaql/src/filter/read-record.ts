import { hintOf } from '../hint-of.ts';
import { JaqlError, type JaqlErrorCode } from '../jaql-error.ts';

/** A JSON object from outside: only its own keys are read. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The value as an object; throws `code` where it is none. */
export function readRecord(value: unknown, pointer: string, code: JaqlErrorCode): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new JaqlError(code, 'An object is expected here.', { pointer });
  }
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

/** The value as an array; throws `code` where it is none. */
export function readList(value: unknown, pointer: string, code: JaqlErrorCode): readonly unknown[] {
  if (!Array.isArray(value)) throw new JaqlError(code, 'A list is expected here.', { pointer });
  return value;
}

/** Throws `code` at the first key that is not among `known`, so that nothing is ignored. */
export function refuseUnknownKeys(
  record: JsonRecord,
  known: ReadonlySet<string>,
  pointer: string,
  code: JaqlErrorCode,
): void {
  for (const key of Object.keys(record)) {
    if (!known.has(key)) {
      throw new JaqlError(code, 'This key is not offered here.', {
        pointer: at(pointer, key),
        ...hintOf(key, known),
      });
    }
  }
}

/** Pointer to a key; a key that no JAQL key looks like is not repeated. */
export function at(pointer: string, key: string | number): string {
  return /^[\w=<>]{1,40}$/.test(String(key)) ? `${pointer}/${key}` : pointer;
}
