/** A size as DuckDB writes it; anything else is a mistake of the operator. */
export function sizeText(size: string): string {
  if (/^[0-9]+(?:\.[0-9]+)? ?[KMGT]i?B$/.test(size)) return size;
  throw new TypeError('A size such as 512MB or 1GB is expected.');
}
