import { createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import type { Key } from './api.ts';

const header = (kid: string) => ({
  typ: 'JWT',
  alg: 'RSA-OAEP-256',
  enc: 'A128GCM',
  zip: 'DEF',
  kid,
});

/** A token over any bytes in the place of deflated claims (RFC 7516 §5.1): no library writes what cannot be inflated. */
export function sealBytes({ kid, publicKey }: Key, bytes: Buffer): string[] {
  const head = Buffer.from(JSON.stringify(header(kid))).toString('base64url');
  const contentKey = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-128-gcm', contentKey, iv, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(head));
  const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const encryptedKey = publicEncrypt({ key: publicKey, oaepHash: 'sha256' }, contentKey);
  const parts = [encryptedKey, iv, ciphertext, cipher.getAuthTag()];
  return [head, ...parts.map((part) => part.toString('base64url'))];
}

/** A token that fails at one step after the checks that need no key, all of one length. */
export const refusedTokens = {
  'OAEP bad': (key: Key) => broken(sealBytes(key, randomBytes(300)), 1),
  'tag bad': (key: Key) => broken(sealBytes(key, randomBytes(300)), 4),
  'inflate bad': (key: Key) => sealBytes(key, Buffer.alloc(300, 0xff)).join('.'),
  'kid unknown': (key: Key) =>
    sealBytes({ ...key, kid: 'f'.repeat(24) }, randomBytes(300)).join('.'),
} as const satisfies Record<string, (key: Key) => string>;

function broken(parts: readonly string[], index: number): string {
  const part = Buffer.from(parts[index] ?? '', 'base64url');
  part[part.length >> 1] = (part[part.length >> 1] ?? 0) ^ 1;
  return parts.with(index, part.toString('base64url')).join('.');
}
