/** The detector for generators that strip blanks from texts (VAL-4): `SampleECommerce` for `Sample ECommerce`. */

/** A look-up among known names: gives the one that a name is but for its blanks, or undefined where it is known itself or stands for none. */
export function blankDetector(known: Iterable<string>): (name: string) => string | undefined {
  const names = new Set(known);
  const byPlainName = new Map([...names].map((name) => [withoutBlanks(name), name]));
  return (name) => (names.has(name) ? undefined : byPlainName.get(withoutBlanks(name)));
}

/** Whether any text inside a value, names of members aside, has a blank: then no generator has stripped them all. */
export function hasBlank(value: unknown): boolean {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string' && withoutBlanks(next) !== next) return true;
    if (typeof next !== 'object' || next === null) continue;
    for (const part of Object.values(next)) if (part !== undefined) open.push(part);
  }
  return false;
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/gu, '');
}
