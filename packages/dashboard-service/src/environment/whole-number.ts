import { EnvironmentError } from './environment-error.ts';

/**
 * A variable that is a whole number; undefined where it is not given.
 *
 * @throws EnvironmentError for anything else, and for a number out of its bounds
 */
export function wholeNumber(
  variables: Readonly<Record<string, string | undefined>>,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const text = variables[name]?.trim() || undefined;
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < least || number > most) {
    throw new EnvironmentError(name, `must be a whole number from ${least} to ${most}.`);
  }
  return number;
}
