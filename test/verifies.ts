/** Title of a test that shows what the ids name: `it(verifies('TOK-6 C-2', 'refuses a token at exp'), …)`. */
export const verifies = (ids: string, behaviour: string): string => `[${ids}] ${behaviour}`;
