import type { Claims } from './claims.ts';

const prefix = 'dashboards/';

/** The dashboards that `res` names, by oid (TOK-7): undefined = those shared with `sub`, empty = none. */
export function dashboardsOf(claims: Claims): readonly string[] | undefined {
  return claims.grants?.res?.map((resource) => resource.slice(prefix.length));
}
