/**
 * What a key of a configuration is used with: RSA-OAEP for the content key, AES-GCM for the claims (RFC 7518 §4.3, §5.3).
 * Whatever the suite, the initialisation vector has 12 bytes, the tag 16, the encrypted key as many as the modulus.
 */
export interface TokenSuite {
  /** What a stored key names; one pair of `alg` and `enc` for ever. */
  readonly name: string;
  readonly alg: string;
  readonly enc: string;
  /** Of OAEP and its mask, as `alg` says. */
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
  /** Bits of a new key, 2048 to 4096. */
  readonly modulusLength: number;
}

/** The suite of TOK-1, and of every key of which nothing else is known. */
export const defaultSuite: TokenSuite = {
  name: 'RSA-OAEP-256/A128GCM',
  ...{ alg: 'RSA-OAEP-256', enc: 'A128GCM' },
  ...{ hash: 'SHA-256', modulusLength: 2048 },
};

/** All suites, the one of new keys first: a key that is there keeps its own until it is rotated. */
export const tokenSuites: readonly [TokenSuite, ...TokenSuite[]] = [defaultSuite];
