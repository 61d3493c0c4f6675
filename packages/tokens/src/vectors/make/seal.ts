import { createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

export const kid = '6102ad6c86792300351fd952';
export const now = 1_800_000_000;

/** The header that TOK-1 describes. */
export const header = { typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid };
const { zip: _, ...plain } = header;
/** The same without compression. */
export const plainHeader = plain;

export interface Sealing {
  /** Header as an object, or as text where a library would not write it. Default `header`. */
  readonly header?: object | string;
  /** Default: deflated where the header says `"zip":"DEF"`. */
  readonly compress?: (plaintext: Buffer) => Buffer;
  readonly ivBytes?: number;
  readonly keyBytes?: 16 | 32;
  readonly oaepHash?: 'sha256' | 'sha1';
}

/**
 * Seals claims (RFC 7516 §5.1). By hand, for vectors alone: a library rightly refuses to write what most of them hold.
 */
export function seal(publicKey: string, claims: string | Buffer, options: Sealing = {}): string {
  const { ivBytes = 12, keyBytes = 16, oaepHash = 'sha256', ...more } = options;
  const head = textOf(more.header ?? header);
  const plaintext = Buffer.from(claims as string);
  const compress = more.compress ?? (head.includes('"DEF"') ? deflate : (bytes: Buffer) => bytes);
  const contentKey = randomBytes(keyBytes);
  const iv = randomBytes(ivBytes);
  const encodedHead = Buffer.from(head).toString('base64url');
  const cipher = createCipheriv(keyBytes === 16 ? 'aes-128-gcm' : 'aes-256-gcm', contentKey, iv);
  cipher.setAAD(Buffer.from(encodedHead));
  const ciphertext = Buffer.concat([cipher.update(compress(plaintext)), cipher.final()]);
  const encryptedKey = publicEncrypt({ key: publicKey, oaepHash }, contentKey);
  const parts = [encryptedKey, iv, ciphertext, cipher.getAuthTag()];
  return [encodedHead, ...parts.map((part) => part.toString('base64url'))].join('.');
}

const textOf = (head: object | string) => (typeof head === 'string' ? head : JSON.stringify(head));
const deflate = (bytes: Buffer) => deflateRawSync(bytes);
