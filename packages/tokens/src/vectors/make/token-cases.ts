import { generateKeyPairSync } from 'node:crypto';
import { deflateRawSync, deflateSync } from 'node:zlib';
import type { FindingCode } from '@vitrine/claims';
import type { InvalidCase } from './case.ts';
import { header, type Sealing, seal } from './seal.ts';
import { claimsWith } from './texts.ts';

const claims = JSON.stringify(claimsWith('Laptops'));
type Segments = [header: string, key: string, iv: string, ciphertext: string, tag: string];

/** A sound token whose text was changed afterwards. */
function changed(
  [name, title]: readonly [string, string],
  code: InvalidCase['code'],
  finding: FindingCode,
  change: (segments: Segments) => string,
): InvalidCase {
  const token = (publicKey: string) => change(seal(publicKey, claims).split('.') as Segments);
  return { name, title, code, findings: [finding], token };
}

const joined = (...segments: readonly string[]) => segments.join('.');

const respelt = (name: string, title: string, change: (segments: Segments) => string) =>
  changed([name, title], 'token_malformed', 'token_not_base64url', change);

/** The next character of the alphabet: the last one of these segments carries bits that belong to no byte. */
function otherSpelling(segment: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return segment.slice(0, -1) + alphabet.charAt(alphabet.indexOf(segment.slice(-1)) + 1);
}

const formCases = [
  changed(
    ['segments-four', 'a segment is missing'],
    'token_malformed',
    'token_segments',
    ([a, b, c, d]) => joined(a, b, c, d),
  ),
  changed(['segments-six', 'a segment too many'], 'token_malformed', 'token_segments', (all) =>
    joined(...all, 'AA'),
  ),
  changed(
    ['segment-empty', 'an empty segment'],
    'token_malformed',
    'token_not_base64url',
    ([a, , c, d, e]) => joined(a, '', c, d, e),
  ),
  changed(
    ['json-serialization', 'the JSON form of a JWE'],
    'token_malformed',
    'token_segments',
    ([a, b, c, d, e]) =>
      JSON.stringify({ protected: a, encrypted_key: b, iv: c, ciphertext: d, tag: e }),
  ),
  respelt('spelling-newline', 'a line break at the end', (all) => `${joined(...all)}\n`),
  respelt('spelling-blank', 'a blank inside', ([a, b, c, d, e]) =>
    joined(a, b, `${c.slice(0, 8)} ${c.slice(8)}`, d, e),
  ),
  respelt('spelling-padding', 'padding', ([a, b, c, d, e]) => joined(a, `${b}==`, c, d, e)),
  respelt('spelling-plus', 'the alphabet of plain base64', ([a, b, c, d, e]) =>
    joined(a, b, `+/${c.slice(2)}`, d, e),
  ),
  respelt('spelling-key-bits', 'unused bits of the encrypted key', ([a, b, c, d, e]) =>
    joined(a, otherSpelling(b), c, d, e),
  ),
  respelt('spelling-tag-bits', 'unused bits of the tag', ([a, b, c, d, e]) =>
    joined(a, b, c, d, otherSpelling(e)),
  ),
  changed(
    ['tag-short', 'a tag of 12 bytes'],
    'token_malformed',
    'token_segment_length',
    ([a, b, c, d, e]) => joined(a, b, c, d, e.slice(0, 16)),
  ),
  changed(
    ['key-short', 'an encrypted key of 128 bytes'],
    'token_malformed',
    'token_segment_length',
    ([a, b, c, d, e]) =>
      joined(a, Buffer.from(b, 'base64url').subarray(128).toString('base64url'), c, d, e),
  ),
];

/** Flips a bit in the middle of a segment. */
function flipped(segment: string): string {
  const bytes = Buffer.from(segment, 'base64url');
  const at = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes.toString('base64url');
}

const undecryptable = (name: string, title: string, change: (segments: Segments) => string) =>
  changed([name, title], 'token_refused', 'not_decryptable', change);

const tamperedCases = [
  undecryptable('tampered-key', 'a bit of the encrypted key', ([a, b, c, d, e]) =>
    joined(a, flipped(b), c, d, e),
  ),
  undecryptable('tampered-iv', 'a bit of the initialisation vector', ([a, b, c, d, e]) =>
    joined(a, b, flipped(c), d, e),
  ),
  undecryptable('tampered-ciphertext', 'a bit of the ciphertext', ([a, b, c, d, e]) =>
    joined(a, b, c, flipped(d), e),
  ),
  undecryptable('tampered-tag', 'a bit of the tag', ([a, b, c, d, e]) =>
    joined(a, b, c, d, flipped(e)),
  ),
  undecryptable('tampered-header', 'the header in another order', ([, ...rest]) => {
    const { typ, ...others } = header;
    return joined(Buffer.from(JSON.stringify({ ...others, typ })).toString('base64url'), ...rest);
  }),
];

function sealed(
  [name, title]: readonly [string, string],
  finding: FindingCode,
  sealing: Sealing,
  code: InvalidCase['code'] = 'token_refused',
): InvalidCase {
  return { name, title, code, findings: [finding], token: (key) => seal(key, claims, sealing) };
}

const sealedCases = [
  sealed(
    ['iv-long', 'an initialisation vector of 16 bytes'],
    'token_segment_length',
    { ivBytes: 16 },
    'token_malformed',
  ),
  sealed(['kid-unknown', 'no configuration has this kid'], 'kid_unknown', {
    header: { ...header, kid: 'f'.repeat(24) },
  }),
  sealed(['key-long', 'a content key of 32 bytes'], 'not_decryptable', { keyBytes: 32 }),
  sealed(['oaep-sha1', 'OAEP with SHA-1 under the name of SHA-256'], 'not_decryptable', {
    oaepHash: 'sha1',
  }),
  sealed(['zip-missing', 'zip in the header, but no compression'], 'not_decryptable', {
    compress: (bytes) => bytes,
  }),
  sealed(['zip-zlib', 'a zlib wrapper around the deflate stream'], 'not_decryptable', {
    compress: (bytes) => deflateSync(bytes),
  }),
  sealed(['zip-trailing', 'bytes after the deflate stream'], 'not_decryptable', {
    compress: (bytes) => Buffer.concat([deflateRawSync(bytes), Buffer.from('more')]),
  }),
  sealed(['zip-bomb', 'more than 1,048,576 bytes after decompression'], 'not_decryptable', {
    compress: (bytes) => deflateRawSync(bytes.toString().padEnd(2_000_000)),
  }),
];

const foreignKey: InvalidCase = {
  name: 'key-foreign',
  title: 'encrypted with the key of another configuration',
  code: 'token_refused',
  findings: ['not_decryptable'],
  token: () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return seal(String(pair.publicKey.export({ format: 'pem', type: 'spki' })), claims);
  },
};

/** Tokens whose text, key or encryption is wrong. */
export const tokenCases: readonly InvalidCase[] = [
  ...formCases,
  ...tamperedCases,
  ...sealedCases,
  foreignKey,
];
