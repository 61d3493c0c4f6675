import { base64url, CompactEncrypt } from 'jose';
import { generateKeyPair } from '../keys/generate-key-pair.ts';
import { importPrivateKey } from '../keys/import-private-key.ts';
import { importPublicKey } from '../keys/import-public-key.ts';
import { TokenError } from '../token-error.ts';

export const now = 1_800_000_000;
export const kid = '6102ad6c86792300351fd952';
export const oid = '6128c62ea23e09002c411453';
export const header = { typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid };

export const claims = {
  sub: oid,
  exp: now + 60,
  grants: {
    res: [`dashboards/${oid}`],
    acl: [
      {
        dataSourceTitle: 'Sample ECommerce',
        table: 'Commerce',
        column: 'Gender',
        members: ['Male'],
      },
    ],
    prm: ['filter'],
  },
  lng: 'de-DE',
} as const;

/** A key pair, imported. */
export async function makeKeys() {
  const pem = await generateKeyPair();
  return {
    pem,
    publicKey: await importPublicKey(pem.publicKey),
    privateKey: await importPrivateKey(pem.privateKey),
  };
}

/** A token as a bare JOSE library makes it, with any plaintext and more header members; without zip by default. */
export function encryptBare(
  plaintext: string | Uint8Array,
  publicKey: CryptoKey,
  more: object = {},
): Promise<string> {
  const bytes = typeof plaintext === 'string' ? new TextEncoder().encode(plaintext) : plaintext;
  const { zip: _, ...plain } = header;
  return new CompactEncrypt(bytes).setProtectedHeader({ ...plain, ...more }).encrypt(publicKey);
}

/** The token with another text in its header segment: no key fits it any more, but the header checks come first. */
export function withHeader(token: string, text: string | Uint8Array): string {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return [base64url.encode(bytes), ...token.split('.').slice(1)].join('.');
}

/** The code that a call throws, with those of its findings; undefined where it throws nothing. */
export async function refusalFrom(call: () => unknown) {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return { code: error.code, findings: error.findings.map((finding) => finding.code) };
  }
  return undefined;
}
