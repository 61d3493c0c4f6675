/** What a tab keeps in `history.state` so that its reload finds the token again (LNK-4). */
export interface TokenState {
  readonly wat: string;
}

/** The token in a link's path, `/wat/<token>/app/main…`. */
export function tokenInPath(pathname: string): string | undefined {
  return /^\/wat\/([^/]+)\/app\/main(?:\/|$)/.exec(pathname)?.[1];
}

/** The `kid` of a token's first segment; a token without a readable one gets zeros, which no configuration has. */
export function kidOf(token: string): string {
  try {
    const segment = token.split('.')[0] ?? '';
    const text = atob(segment.replaceAll('-', '+').replaceAll('_', '/'));
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null && 'kid' in header) {
      const { kid } = header;
      if (typeof kid === 'string' && /^[0-9a-f]{24}$/i.test(kid)) return kid;
    }
  } catch {
    // Not a token: the service says so in its own words.
  }
  return '0'.repeat(24);
}

/** Reads the state that `TokenState` describes; anything else is no token. */
export function tokenInState(state: unknown): string | undefined {
  return typeof state === 'object' &&
    state !== null &&
    'wat' in state &&
    typeof state.wat === 'string'
    ? state.wat
    : undefined;
}
