import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decryptToken,
  generateKeyPair,
  importPrivateKey,
  openToken,
  readHeader,
} from '@vitrine/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';
import { examples, minters, mintWith, whyNot } from './minters.ts';

const kid = '6102ad6c86792300351fd952';
const oid = '6128c62ea23e09002c411453';
const now = 1_800_000_000;

const rule = { dataSourceTitle: 'Sample ECommerce', table: 'Category', column: 'Category' };
const claimsWith = (members: readonly string[]) => ({
  sub: oid,
  exp: now + 60,
  grants: { res: [`dashboards/${oid}`], flt: [], acl: [{ ...rule, members }], prm: ['filter'] },
  lng: 'ja-JP',
});
/** Exactly as much of one letter as the grants may hold. */
const atTheLimit = (letter: string) => {
  const { grants } = claimsWith(['']);
  const used = Object.values(grants).reduce((sum, grant) => sum + JSON.stringify(grant).length, 0);
  return claimsWith([letter.repeat(81_200 - used)]);
};
const escaped = (text: string) =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const cases: readonly (readonly [string, string])[] = [
  ['sub alone', '{"sub":"u1"}'],
  ['structured claims', JSON.stringify(claimsWith(['Laptops', 'Cell Phones']))],
  ['CJK and emoji', JSON.stringify(claimsWith(['漢字', 'かな', '한글', '😀']))],
  ['the same, escaped', escaped(JSON.stringify(claimsWith(['漢字', 'かな', '한글', '😀'])))],
  ['blanks and line breaks', JSON.stringify(claimsWith(['Laptops']), null, 2)],
  ['81,200 characters', JSON.stringify(atTheLimit('x'))],
  ['81,200 characters, escaped', escaped(JSON.stringify(atTheLimit('漢')))],
];

let folder = '';
let keyFile = '';
let publicKey = '';
let privateKey: CryptoKey;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mint-'));
  keyFile = join(folder, 'key.pub');
  const pair = await generateKeyPair();
  publicKey = pair.publicKey;
  privateKey = await importPrivateKey(pair.privateKey);
  await writeFile(keyFile, publicKey);
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(minters)('the minting example for $language', (minter) => {
  const reason = whyNot(minter);

  it.for(cases)(
    verifies('TOK-1 TOK-16 VAL-5', 'mints what opens here byte for byte: %s'),
    async ([, text], { skip }) => {
      // In CI a missing runtime is a fault of the set-up, not a reason to skip.
      if (reason !== undefined && !process.env.CI) skip(reason);
      const token = mintWith(minter, kid, keyFile, text);
      const header = { typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid };
      expect(readHeader(token)).toEqual(header);
      expect((await decryptToken(token, privateKey)).text).toBe(text);
      const opened = await openToken(token, { privateKeyFor: async () => privateKey, now });
      expect(opened.claims).toEqual(JSON.parse(text));
    },
  );
});

describe('the table of minting examples', () => {
  it('has a row for each example, and says which ones run', async () => {
    const table = await readFile(join(examples, 'README.md'), 'utf8');
    const rows = new Map(
      [...table.matchAll(/^\| \[(\w+)\]\(.*\| (yes|no)[^|]*\|$/gm)].map(([, name, runs]) => [
        name,
        runs,
      ]),
    );
    const folders = (await readdir(examples, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map(({ name }) => name);
    expect([...rows.keys()].sort()).toEqual(folders.sort());
    expect(
      [...rows]
        .filter(([, runs]) => runs === 'yes')
        .map(([name]) => name)
        .sort(),
    ).toEqual(minters.map(({ language }) => language).sort());
  });
});
