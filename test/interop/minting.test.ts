import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decryptToken, generateKeyPair, importPrivateKey } from '@vitrine/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';
import { examples, minters, mintWith, whyNot } from './minters.ts';
import { type MintingService, startMintingService } from './minting-service.ts';

const oid = '6128c62ea23e09002c411453';
const exp = Math.ceil(Date.now() / 1000) + 3600;

const rule = { dataSourceTitle: 'Sample ECommerce', table: 'Category', column: 'Category' };
const claimsWith = (members: readonly string[]) => ({
  sub: 'ada',
  exp,
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
const manyScripts = JSON.stringify(
  claimsWith(['Ärzte', 'naïve', '漢字', 'かな', '한글', '😀👩‍👩‍👧']),
);

const cases: readonly (readonly [string, string])[] = [
  ['sub alone', '{"sub":"ada"}'],
  ['structured claims', JSON.stringify(claimsWith(['Laptops', 'Cell Phones']))],
  ['no data security', JSON.stringify({ sub: 'ada', exp, grants: { acl: [], prm: [] } })],
  ['ids beyond a double, as text', JSON.stringify(claimsWith(['9007199254740993', '1e400', '-0']))],
  ['accents, CJK and emoji', manyScripts],
  ['the same, escaped', escaped(manyScripts)],
  ['81,200 characters', JSON.stringify(atTheLimit('x'))],
  ['81,200 characters of CJK', JSON.stringify(atTheLimit('漢'))],
  ['81,200 characters, escaped', escaped(JSON.stringify(atTheLimit('漢')))],
];
const blanksAndEscapes = `${escaped(JSON.stringify(JSON.parse(manyScripts), null, 2))}\r\n`;

let service: MintingService;
beforeAll(async () => {
  service = await startMintingService();
});
afterAll(() => service.stop());

describe.each(minters)('the minting example $program', (minter) => {
  const reason = whyNot(minter);
  // In CI a missing runtime is a fault of the set-up, not a reason to skip.
  const skips = reason !== undefined && !process.env.CI;

  it.for(cases)(
    verifies('TOK-1 TOK-16 VAL-5', 'mints what the service opens: %s'),
    async ([, claims], { skip }) => {
      if (skips) skip(reason);
      const token = await mintWith(minter, { ...service, claims });
      const { header, payload, findings } = await service.test(token);
      const { kid } = service;
      expect(header).toEqual({
        ...{ typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid },
      });
      expect(payload).toEqual(JSON.parse(claims));
      // The content here has no dashboards and no data: what the data level says is not the minter's doing.
      const errors = findings.filter(
        ({ level, severity }) => level !== 'data' && severity === 'error',
      );
      expect(errors).toEqual([]);
      expect((await service.exchange(token)).status).toBe(200);
    },
  );

  it(verifies('TOK-16', 'carries claims byte for byte'), async ({ skip }) => {
    if (skips) skip(reason);
    const pair = await generateKeyPair();
    const keyFile = join(service.folder, 'own.pub');
    await writeFile(keyFile, pair.publicKey);
    const token = await mintWith(minter, { kid: service.kid, keyFile, claims: blanksAndEscapes });
    const { text } = await decryptToken(token, await importPrivateKey(pair.privateKey));
    expect(text).toBe(blanksAndEscapes);
  });
});

describe('the table of minting examples', () => {
  it('has a row for each example, and says which ones run', async () => {
    const table = await readFile(join(examples, 'README.md'), 'utf8');
    const rows = [...table.matchAll(/^\| \[[^\]]+\]\(([^)]+)\) .*\| (yes|no)\b[^|]*\|$/gm)].map(
      ([, program = '', runs]) => ({ program, runs: runs === 'yes' }),
    );
    const programs = globSync('**/{mint,Mint}.*', {
      cwd: examples,
      exclude: ['**/node_modules/**'],
    });
    const sources = programs.filter((file) => !file.endsWith('.csproj'));
    expect(rows.map(({ program }) => program).sort()).toEqual(sources.sort());
    expect(
      rows
        .filter(({ runs }) => runs)
        .map(({ program }) => program)
        .sort(),
    ).toEqual(minters.map(({ program }) => program).sort());
  });
});
