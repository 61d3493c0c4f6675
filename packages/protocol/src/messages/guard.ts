/**
 * Small guards that the message files are built from. They trust nothing: what arrives was cloned from another
 * origin, so it may be of any type, size and depth, and may carry an own `__proto__` key.
 */
export type Guard<T> = (value: unknown) => value is T;

type Fields<T> = { readonly [K in keyof T]-?: Guard<T[K]> };

/** Accepts text of `minLength` to `maxLength` UTF-16 code units. */
export const text =
  (maxLength: number, minLength = 1): Guard<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length >= minLength && value.length <= maxLength;

/** Accepts text that the pattern matches. */
export const matching =
  (pattern: RegExp): Guard<string> =>
  (value): value is string =>
    typeof value === 'string' && pattern.test(value);

/** Accepts one of the given values. */
export const oneOf =
  <const T extends string | boolean>(values: readonly T[]): Guard<T> =>
  (value): value is T =>
    values.includes(value as T);

/** Accepts what `guard` does, and `undefined`. */
export const optional =
  <T>(guard: Guard<T>): Guard<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || guard(value);

/** Accepts what `guard` does, and `null`. */
export const nullable =
  <T>(guard: Guard<T>): Guard<T | null> =>
  (value): value is T | null =>
    value === null || guard(value);

/** Accepts an array of at most `maxLength` items that `guard` accepts; no holes. */
export const list =
  <T>(guard: Guard<T>, maxLength: number): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= maxLength && Array.from(value).every(guard);

/** Accepts a plain object that has the named fields and no other. */
export const shape =
  <T extends object>(fields: Fields<T>): Guard<T> =>
  (value): value is T =>
    isPlainObject(value) &&
    Object.keys(value).every((key) => Object.hasOwn(fields, key)) &&
    Object.entries<Guard<unknown>>(fields).every(([key, guard]) => guard(value[key]));

/** Accepts a number from 0 to `max`. */
export const upTo =
  (max: number): Guard<number> =>
  (value): value is number =>
    typeof value === 'number' && value >= 0 && value <= max;

/** A message without its `type`. */
export type Body<M> = M extends unknown ? Omit<M, 'type'> : never;

/** Accepts a message whose `type` is known and whose other fields the guard of that type accepts. */
export const message =
  <M extends { readonly type: string }>(
    bodies: {
      readonly [T in M['type']]: Guard<Body<Extract<M, { readonly type: T }>>>;
    },
  ): Guard<M> =>
  (value): value is M => {
    const { type, ...body } = Object(value) as { readonly type?: M['type'] };
    return typeof type === 'string' && Object.hasOwn(bodies, type) && bodies[type](body);
  };

export const isBoolean: Guard<boolean> = oneOf([true, false]);

/** True for an object that is neither an array nor of a class, in whatever realm it was made. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
