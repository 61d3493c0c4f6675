/** The most that `prm`, `res`, `flt` and `acl` may measure together (TOK-14); exactly this much passes. */
export const maxGrantLength = 81_200;

/** Sum of the lengths of the compact JSON of `prm`, `res`, `flt` and `acl`, in UTF-16 code units (TOK-14). */
export function grantLength(claims: { readonly grants?: unknown }): number {
  const { grants } = claims;
  if (typeof grants !== 'object' || grants === null) return 0;
  let length = 0;
  for (const name of ['prm', 'res', 'flt', 'acl']) {
    const text: string | undefined = JSON.stringify(Reflect.get(grants, name));
    length += text?.length ?? 0;
  }
  return length;
}
