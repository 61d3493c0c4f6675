import { isPlainObject } from './guard.ts';

/** Deepest nesting of free-form data in a message. */
export const maxDepth = 32;

/** Most that the free-form data of one message may weigh: one per value and one per character. */
export const maxWeight = 1_048_576;

/** True for plain JSON-like data within both limits and without a key `__proto__`. */
export function isPlainData(value: unknown): boolean {
  let weightLeft = maxWeight;

  const fits = (part: unknown, depth: number): boolean => {
    weightLeft -= typeof part === 'string' ? part.length + 1 : 1;
    if (weightLeft < 0 || depth > maxDepth) return false;
    if (typeof part === 'number') return Number.isFinite(part);
    if (typeof part !== 'object' || !part) return !/bigint|function|symbol/.test(typeof part);
    return (
      (Array.isArray(part) || isPlainObject(part)) &&
      Object.entries(part).every(([key, inner]) => {
        weightLeft -= key.length;
        return key !== '__proto__' && fits(inner, depth + 1);
      })
    );
  };

  return fits(value, 0);
}
