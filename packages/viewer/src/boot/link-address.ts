import { routeHash } from './parse-route.ts';
import { kidOf, type TokenState, tokenInPath, tokenInState } from './take-token.ts';

/**
 * Finds the token of link mode and takes it out of the address bar. It lives on in this history entry's state, which
 * only this tab sees, so that a reload works. Returns nothing in frame mode.
 */
export function takeLinkToken(
  page: Window,
  route: { dashboard?: string; widget?: string },
  base: string,
) {
  const token = tokenInPath(page.location.pathname.slice(base.length));
  if (!token) return tokenInState(page.history.state);
  const state: TokenState = { wat: token };
  const address = `${base}/embed/${kidOf(token)}${routeHash(route, page.location)}`;
  page.history.replaceState(state, '', address);
  return token;
}

/** Writes the open dashboard into the address; in a frame without a history entry, so that the host's Back still works. */
export function writeRoute(
  page: Window,
  route: { dashboard?: string | undefined; widget?: string | undefined },
  token: string | undefined,
): void {
  const { search, hash, pathname } = page.location;
  const next = routeHash(route, { search: '', hash });
  if (next === hash) return;
  const state: TokenState | null = token ? { wat: token } : null;
  const address = `${pathname}${search}${next}`;
  if (page.parent === page && hash !== '' && hash !== '#/') {
    page.history.pushState(state, '', address);
  } else {
    page.history.replaceState(state, '', address);
  }
}
