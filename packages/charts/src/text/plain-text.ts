// Control characters are not legal in XML; embedding, override and isolate marks could reorder what stands beside them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this removes
const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/g;

/** Data text for one line of a drawing: no line breaks, no control or direction-override characters, no lone surrogates. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(unsafe, ' ').trim();
}
