import type { Peer } from './window-message.ts';

/** 128 random bits, for the `nonce` of one frame. */
export const createNonce = (): string => crypto.getRandomValues(new BigUint64Array(2)).join('-');

/**
 * Checks what a connection is told about its other side. Throws `TypeError` for an origin that is not written exactly
 * as browsers write it (so never `*` or `null`), and for a nonce of less than 16 characters.
 */
export function checkPeer(peer: Peer): Peer {
  if (!URL.canParse(peer.origin) || new URL(peer.origin).origin !== peer.origin)
    throw new TypeError('origin is not exact');
  if (peer.nonce.length < 16) throw new TypeError('nonce is too short');
  return peer;
}
