/** What a signature inside a token may be made with (RFC 7518 §3.1, RFC 8037 §3.1). */
export const signatureAlgorithms = ['ES256', 'EdDSA', 'PS256'] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** `typ` of the signed token inside: a signature made for anything else does not count (RFC 8725 §3.11). */
export const signedType = 'wat+jwt';

/** How WebCrypto names the one kind of key that each algorithm takes. */
export const keyAlgorithms = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  EdDSA: { name: 'Ed25519' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
} as const satisfies Record<SignatureAlgorithm, object>;

/** The algorithm that a key's members stand for; undefined for every other key. */
export function algorithmOf({ kty, crv }: JsonWebKey): SignatureAlgorithm | undefined {
  if (kty === 'EC' && crv === 'P-256') return 'ES256';
  if (kty === 'OKP' && crv === 'Ed25519') return 'EdDSA';
  return kty === 'RSA' ? 'PS256' : undefined;
}
