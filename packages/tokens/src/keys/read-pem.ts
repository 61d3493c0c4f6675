import { base64url } from 'jose';
import { keyRefused } from './key-refused.ts';

export interface Pem {
  readonly label: 'PUBLIC KEY' | 'RSA PUBLIC KEY' | 'PRIVATE KEY' | 'RSA PRIVATE KEY';
  readonly der: Uint8Array<ArrayBuffer>;
}

/** The longest text of a key, characters: a 4096-bit private key has some 3,300. */
export const maxKeyText = 16_384;

const byteOrderMark = '\ufeff';
const labels = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'PRIVATE KEY', 'RSA PRIVATE KEY'] as const;
const pemPattern =
  /^-----BEGIN([A-Z\s]{1,40})-----([A-Za-z0-9+/\s]+)(=[=\s]*)?-----END([A-Z\s]{1,40})-----$/;

/**
 * Reads a key in PEM armour (RFC 7468), however its lines came through: LF, CRLF, CR, backslash-n as two characters,
 * blanks or nothing; indented, quoted or with a byte order mark. Throws `TokenError` `key_refused`.
 */
export function readPem(text: string): Pem {
  if (text.length > maxKeyText) throw keyRefused('The text is too long for a key.');
  const [, begin = '', body = '', , end = ''] = pemPattern.exec(plainText(text)) ?? [];
  const label = labels.find((known) => withoutBlanks(known) === withoutBlanks(begin));
  if (label === undefined || withoutBlanks(begin) !== withoutBlanks(end)) {
    throw keyRefused('The text is not a key in PEM armour.');
  }
  const encoded = withoutBlanks(body).replaceAll('+', '-').replaceAll('/', '_');
  try {
    return { label, der: new Uint8Array(base64url.decode(encoded)) };
  } catch {
    throw keyRefused('The key is not base64.');
  }
}

function plainText(text: string): string {
  const unmarked = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const plain = unmarked.replaceAll(/\\r|\\n/g, '\n').trim();
  const isQuoted = /^(["']).*\1$/s.test(plain);
  return isQuoted ? plain.slice(1, -1).trim() : plain;
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, '');
}
