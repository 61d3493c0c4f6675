import * as v from 'valibot';
import { type InputError, Problem } from '../problem/problem.ts';

const maxErrors = 20;

/** The message of a strict object: for an unknown name, a missing one, and for no object at all. */
export function objectMessage({ expected }: { readonly expected: string | null }): string {
  if (expected === 'never') return 'is not a name that is documented here';
  return expected === 'Object' ? 'must be an object' : 'is missing';
}

interface InputPlace {
  readonly code: 'body_invalid' | 'parameter_invalid';
  /** Say where and why: on admin routes. */
  readonly explain: boolean;
}

/** A body of an admin route, checked. Throws `Problem` `body_invalid` with the places. */
export function readBody<Schema extends v.GenericSchema>(schema: Schema, body: unknown) {
  return readInput(schema, body, { code: 'body_invalid', explain: true });
}

/** The query of an admin route, checked. Throws `Problem` `parameter_invalid` with the places. */
export function readQuery<Schema extends v.GenericSchema>(schema: Schema, query: unknown) {
  return readInput(schema, query, { code: 'parameter_invalid', explain: true });
}

/**
 * Input from outside, checked: documented names only, so nothing else can be assigned through it.
 * The schema's messages must be fixed sentences. Throws `Problem` with the given code.
 */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  { code, explain }: InputPlace,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw new Problem(code, explain ? { errors: errorsOf(result.issues) } : {});
}

function errorsOf(issues: readonly v.BaseIssue<unknown>[]): InputError[] {
  return issues.slice(0, maxErrors).map(({ path = [], message }) => ({
    pointer: path.map(({ key }) => `/${escapePointer(String(key))}`).join(''),
    message,
  }));
}

function escapePointer(name: string): string {
  return name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');
}
