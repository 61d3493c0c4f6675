import { beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { decryptToken } from './decrypt-token.ts';
import { type MintInput, type MintOptions, mintToken } from './mint-token.ts';
import { openToken } from './open-token.ts';
import { readHeader } from './read-header.ts';
import { claims, kid, makeKeys, now, oid, refusalFrom } from './testing/fixtures.ts';

let keys: Awaited<ReturnType<typeof makeKeys>>;

beforeAll(async () => {
  keys = await makeKeys();
});

const mint = (value: MintInput, more: Partial<MintOptions> = {}) =>
  mintToken(value, { kid, publicKey: keys.publicKey, now, ...more });

describe('mintToken', () => {
  it(verifies('TOK-1', 'compresses by default, and need not'), async () => {
    expect(readHeader(await mint(claims)).zip).toBe('DEF');
    expect(readHeader(await mint(claims, { compress: false }))).not.toHaveProperty('zip');
  });

  it(verifies('VAL-2 VAL-3', 'refuses claims with all findings at once'), async () => {
    const wrong = { sub: '', exp: now - 1, lng: 'xx', acl: [], grants: { prm: [] } };
    expect(await refusalFrom(() => mint(wrong))).toEqual({
      code: 'claims_refused',
      findings: ['text_empty', 'name_misplaced', 'expired', 'language_unknown'],
    });
  });

  it('refuses a key id that is none', async () => {
    const refusal = await refusalFrom(() => mint({ sub: 'u' }, { kid: 'my-key' }));
    expect(refusal).toEqual({ code: 'claims_refused', findings: ['kid_form', 'prm_absent'] });
  });

  it('refuses a text that is no key', async () => {
    const refusal = await refusalFrom(() => mint({ sub: 'u' }, { publicKey: 'none' }));
    expect(refusal?.code).toBe('key_refused');
  });

  it(verifies('VAL-2', 'mints under the rules of the configuration'), async () => {
    const refusal = await refusalFrom(() => mint({ sub: 'u' }, { profile: 'strict' }));
    expect(refusal?.findings).toContain('exp_missing');
    const late = await refusalFrom(() =>
      mint({ sub: 'u', exp: now + 61 }, { maxLifetimeSeconds: 60 }),
    );
    expect(late?.findings).toContain('exp_too_late');
  });

  it(verifies('B-1 B-3', 'takes claims as text, and sees what a parser would hide'), async () => {
    const { privateKey } = keys;
    const token = await mint('{ "sub" : "u" }');
    expect((await decryptToken(token, privateKey)).text).toBe('{"sub":"u"}');
    const twice = await refusalFrom(() => mint('{"sub":"u","sub":"v"}'));
    expect(twice?.findings).toContain('json_duplicate_name');
    const inexact = await refusalFrom(() => mint('{"sub":"u","iss":9007199254740993}'));
    expect(inexact?.findings).toContain('json_number_inexact');
  });

  it("carries claims of one's own", async () => {
    const token = await mint({ sub: 'u', ticket: 7 });
    expect(JSON.parse((await decryptToken(token, keys.privateKey)).text)).toEqual({
      sub: 'u',
      ticket: 7,
    });
  });

  it(
    verifies('A-6', 'pads to a step, so that claims of one step have tokens of one length'),
    async () => {
      const lengths = new Set<number>();
      for (let length = 1; length < 230; length += 19) {
        const token = await mint({ sub: 'x'.repeat(length) }, { padTo: 256 });
        lengths.add(token.length);
        expect(readHeader(token)).not.toHaveProperty('zip');
        const opened = await openToken(token, { privateKeyFor: async () => keys.privateKey, now });
        expect(opened.claims.sub).toHaveLength(length);
      }
      expect(lengths.size).toBe(1);
      expect((await mint({ sub: 'x'.repeat(250) }, { padTo: 256 })).length).toBeGreaterThan(
        Math.max(...lengths),
      );
    },
  );

  it('refuses padding that compression would undo, and odd steps', async () => {
    await expect(mint(claims, { padTo: 256, compress: true })).rejects.toThrow(TypeError);
    for (const padTo of [0, 15, 1.5, 65_537])
      await expect(mint(claims, { padTo })).rejects.toThrow(TypeError);
  });

  it(
    verifies('TOK-14', 'mints exactly 81,200 characters, and not one more, however they look'),
    async () => {
      for (const filler of ['x', 'é', '漢', '😀']) {
        const withTitle = (title: string) => ({
          sub: oid,
          grants: { flt: [{ jaql: { title } }], prm: [] },
        });
        const space = 81_200 - '[{"jaql":{"title":""}}]'.length - '[]'.length;
        const title = filler.repeat(space / filler.length).padEnd(space, 'x');
        for (const compress of [true, false]) {
          const token = await mint(withTitle(title), { compress });
          const opened = await openToken(token, {
            privateKeyFor: async () => keys.privateKey,
            now,
          });
          expect(opened.claims).toEqual(withTitle(title));
        }
        const refusal = await refusalFrom(() => mint(withTitle(`${title}x`)));
        expect(refusal?.findings).toEqual(['grants_too_long']);
      }
    },
  );

  it('refuses claims that no opener would take for their size', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 8 }, (_, at) => [`x-${at}`, 'x'.repeat(81_200)]),
    );
    const refusal = await refusalFrom(() => mint({ sub: 'u', ...many }, { compress: false }));
    expect(refusal?.findings).toEqual(['token_too_long']);
    const wide = Object.fromEntries(
      Array.from({ length: 8 }, (_, at) => [`x-${at}`, '漢'.repeat(81_200)]),
    );
    const tooLarge = await refusalFrom(() => mint({ sub: 'u', ...wide }));
    expect(tooLarge?.findings).toEqual(['json_too_large']);
  });

  it('puts no claim, key or token into its errors', async () => {
    const secret = 'very-secret-value';
    const wrong = JSON.stringify({
      sub: secret,
      lng: secret,
      grants: { res: [secret], prm: [secret] },
    });
    for (const value of [wrong, `${wrong}${secret}`]) {
      const error = await mint(value).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(JSON.stringify(error) + String(error)).not.toContain(secret);
    }
  });
});
