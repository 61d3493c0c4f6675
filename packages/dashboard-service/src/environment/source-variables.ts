/** The service's own addresses; a model cannot take one for its data. */
const own = ['DATABASE_URL', 'PUBLIC_URL'];

/** What variables are called that models may name: their address of a database, with its password. */
export const sourceVariable = /^[A-Z][A-Z0-9_]*_URL$/;

/** True for the name of a variable that a model may name. */
export function isSourceVariable(name: string): boolean {
  return sourceVariable.test(name) && !own.includes(name);
}

/** The part of an environment that models may name. */
export function readSourceUrls(
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => isSourceVariable(name)));
}
