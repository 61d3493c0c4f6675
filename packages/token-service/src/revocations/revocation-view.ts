import type { Revocation } from '../store/store.ts';

/** A revocation as administrators see it: with the names they gave. */
export function viewOf({ id, claim, value, kid, revokedAt }: Revocation) {
  return {
    id,
    [claim]: value,
    ...(kid === null ? {} : { kid }),
    revokedAt: new Date(revokedAt).toISOString(),
  };
}
