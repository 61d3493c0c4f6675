import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { readHeader } from './read-header.ts';
import { encryptBare, header, kid, makeKeys, refusalFrom, withHeader } from './testing/fixtures.ts';

let token = '';

beforeAll(async () => {
  const { publicKey } = await makeKeys();
  token = await encryptBare('{"sub":"u"}', publicKey, { zip: 'DEF' });
});

const json = (more: object, base: object = header) => JSON.stringify({ ...base, ...more });
const without = (name: string) => JSON.stringify({ ...header, [name]: undefined });
const raw = (members: string) => json({}).replace(/}$/, `,${members}}`);

/** 60 headers, and the finding that each must give. */
const variants: [string, string][] = [
  ...['dir', 'A128KW', 'A256KW', 'A128GCMKW', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-1PU', 'HPKE-0']
    .concat(['RSA1_5', 'RSA-OAEP', 'RSA-OAEP-384', 'RSA-OAEP-512', 'PBES2-HS256+A128KW'])
    .concat(['none', 'None', 'noNE', 'HS256', 'RS256', 'rsa-oaep-256', 'RSA-OAEP-256 ', ''])
    .map((alg): [string, string] => [json({ alg }), 'header_value_refused']),
  ...['A128CBC-HS256', 'A192GCM', 'A256GCM', 'A256CBC-HS512', 'a128gcm', 'none', ''].map(
    (enc): [string, string] => [json({ enc }), 'header_value_refused'],
  ),
  ...['def', 'GZIP', 'NONE', ''].map((zip): [string, string] => [
    json({ zip }),
    'header_value_refused',
  ]),
  [json({ zip: null }), 'header_value_refused'],
  [json({ typ: 'jwt' }), 'header_value_refused'],
  [json({ typ: 'wat+jwt' }), 'header_value_refused'],
  [json({ alg: ['RSA-OAEP-256'] }), 'header_value_refused'],
  ...['typ', 'alg', 'enc', 'kid'].map((name): [string, string] => [
    without(name),
    'header_member_missing',
  ]),
  [json({ p2c: 1_000_000_000, p2s: 'AAAA' }), 'header_name_refused'],
  [json({ jku: 'https://attacker.example/keys' }), 'header_name_refused'],
  [json({ x5u: 'https://attacker.example/cert' }), 'header_name_refused'],
  [json({ jwk: { kty: 'RSA' } }), 'header_name_refused'],
  [json({ x5c: [] }), 'header_name_refused'],
  [json({ crit: ['exp'], exp: 1 }), 'header_name_refused'],
  [json({ b64: false }), 'header_name_refused'],
  [json({ epk: {} }), 'header_name_refused'],
  [json({ cty: 'jwt' }), 'header_value_refused'],
  [json({ cty: 'wat+jwt' }), 'header_value_refused'],
  [json({ cty: null }), 'header_value_refused'],
  [json({ apu: '', apv: '' }), 'header_name_refused'],
  [raw(`"kid":"${kid}"`), 'json_duplicate_name'],
  [raw('"\\u0061lg":"none"'), 'json_duplicate_name'],
  [raw('"__proto__":{"kid":"x"}'), 'json_name_forbidden'],
  [`\ufeff${json({})}`, 'json_bom'],
  [json({ kid: { $ne: null } }), 'kid_form'],
  [json({ kid: [kid] }), 'kid_form'],
  [json({ kid: '../../etc/passwd' }), 'kid_form'],
  [json({ kid: "' or 1=1 --" }), 'kid_form'],
  [json({ kid: `${kid}\n` }), 'kid_form'],
  [json({ kid: `${kid}0` }), 'kid_form'],
];

describe('readHeader', () => {
  it(verifies('TOK-1', 'reads the five members, and four where zip is absent'), async () => {
    expect(readHeader(withHeader(token, json({})))).toEqual(header);
    const { zip: _, ...rest } = header;
    expect(readHeader(withHeader(token, JSON.stringify(rest)))).toEqual(rest);
  });

  it(verifies('TOK-1 TOK-16', 'takes members in any order, with blanks'), () => {
    const { typ, alg, enc, zip } = header;
    const turned = JSON.stringify({ kid, zip, enc, alg, typ }, null, 2);
    expect(readHeader(withHeader(token, turned))).toEqual(header);
  });

  it('has 62 variants', () => expect(variants).toHaveLength(62));

  it.each(variants)(
    verifies('A-2 A-3 A-4 TOK-1', 'refuses the header %s'),
    async (text, finding) => {
      const start = performance.now();
      const refusal = await refusalFrom(() => readHeader(withHeader(token, text)));
      expect(performance.now() - start).toBeLessThan(250);
      expect(refusal?.code).toBe('token_malformed');
      expect(refusal?.findings).toContain(finding);
    },
  );

  it.each(['[]', 'null', '5', '"x"', '', '{', '{}x'])('refuses %j as header', async (text) => {
    const refusal = await refusalFrom(() => readHeader(withHeader(token, text)));
    expect(refusal?.code).toBe('token_malformed');
  });

  it('refuses a header that is not UTF-8', async () => {
    const refusal = await refusalFrom(() =>
      readHeader(withHeader(token, Uint8Array.of(0x7b, 0xff, 0x7d))),
    );
    expect(refusal).toEqual({ code: 'token_malformed', findings: ['json_not_utf8'] });
  });

  it('reports all that is wrong with a header at once', async () => {
    const text = JSON.stringify({ alg: 'none', jku: 'x', kid: 5 });
    const refusal = await refusalFrom(() => readHeader(withHeader(token, text)));
    expect(refusal?.findings).toEqual([
      ...['header_value_refused', 'header_name_refused', 'kid_form'],
      ...['header_member_missing', 'header_member_missing'],
    ]);
  });

  it('needs no key: it answers at once, and quickly', () => {
    const forged = withHeader(token, json({ alg: 'dir' }));
    const start = performance.now();
    for (let round = 0; round < 1_000; round++) expect(() => readHeader(forged)).toThrow();
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it.each([['of a good token', {}] as const, ['of a forged one', { alg: 'dir' }] as const])(
    verifies('F-3 I-1', 'keeps nothing of the longest tokens but their header, %s'),
    (_name, change) => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const [, key = '', iv = '', , tag = ''] = token.split('.');
      const longest = (nth: number) => {
        const own = json({ ...change, kid: nth.toString(16).padStart(24, '0') });
        const header = Buffer.from(own).toString('base64url');
        const text = [header, key, iv, 'A'.repeat(640_000), tag].join('.');
        // As a parser gives it: one text, not the five that it was joined from.
        return JSON.parse(JSON.stringify(text)) as string;
      };
      collect();
      const before = process.memoryUsage().heapUsed;
      for (let nth = 0; nth < 200; nth += 1) {
        try {
          readHeader(longest(nth));
        } catch {}
      }
      collect();
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000);
    },
  );
});
