/** In ASCII without escapes by number, names are the same in every Unicode form, and texts are well-formed. */
const asciiText = /^[ -~]*$/;
const escapeByNumber = '\\u';
const forbiddenName = /"(?:__proto__|constructor|prototype)"/;
const nesting = /[[{]/g;
/** Of a text this long no limit on values or on the length of a text can be exceeded. */
const maxCharacters = 16_384;

/**
 * Reads JSON as the common libraries write it, at a third of what the whole check costs; undefined for all other text, good or bad.
 * What is written anew as the very same text had no name twice, no number that changes and nothing around the value.
 */
export function readPlainJson(text: string, maxDepth: number): unknown {
  if (text.length > maxCharacters || !asciiText.test(text)) return undefined;
  if (text.includes(escapeByNumber) || forbiddenName.test(text)) return undefined;
  if ((text.match(nesting)?.length ?? 0) > maxDepth) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
