/** What V8 takes on 64 bits for a text, an array and an object, and for a place in one of these, bytes. */
const textBytes = 24;
const arrayBytes = 40;
const objectBytes = 56;
const slotBytes = 8;

/** The memory that a value read from JSON takes beside its own place, estimated, bytes; at most 32 levels, as claims have. */
export function memoryOf(value: unknown): number {
  if (typeof value === 'string')
    return textBytes + value.length * (/[^\0-\xff]/.test(value) ? 2 : 1);
  if (typeof value === 'number') return Number.isInteger(value) ? 0 : 2 * slotBytes;
  if (typeof value !== 'object' || value === null) return 0;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>(
    (bytes, part) => bytes + slotBytes + memoryOf(part),
    Array.isArray(value) ? arrayBytes : objectBytes,
  );
}
