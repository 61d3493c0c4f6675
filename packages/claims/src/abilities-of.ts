import type { AbilityName, Claims } from './claims.ts';

/** What the viewer may do (TOK-11): without `prm` both, otherwise exactly what it lists. */
export function abilitiesOf(claims: Claims): Readonly<Record<AbilityName, boolean>> {
  const prm = claims.grants?.prm;
  return { filter: prm?.includes('filter') ?? true, export: prm?.includes('export') ?? true };
}
