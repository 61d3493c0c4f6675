import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';
import { examples, minters, mintWith, whyNot } from './minters.ts';
import { type MintingService, startMintingService } from './minting-service.ts';

/** What goes wrong in a language by default, as a change to its example. */
interface Trap {
  /** As in the table of `examples/mint/README.md`. */
  readonly title: string;
  readonly program: string;
  readonly from: string;
  readonly to: string;
  readonly finding: string;
}

const sha1 = 'OAEP with SHA-1';
const mask = 'OAEP with SHA-256, but SHA-1 in its mask';
const zlib = 'a zlib wrapper around the deflate stream';
const padding = 'base64url with padding';
const unbound = 'the header left out of the authenticated data';
const decoded = 'the header authenticated as JSON, not as its base64url';
const otherAlg = 'another `alg`';
const otherEnc = 'another `enc`';
const noTyp = 'no `typ`';
const noKid = 'no `kid`';
const longIv = 'an initialisation vector of 16 bytes';
const noZip = '`zip` in the header, but claims that are not compressed';

const java = 'java/jdk/Mint.java';
const php = 'php/phpseclib/mint.php';
const ruby = 'ruby/openssl/mint.rb';
const [go, perl, python] = ['go/mint.go', 'perl/mint.pl', 'python/mint.py'] as const;

const traps: readonly Trap[] = (
  [
    [mask, java, 'MGF1ParameterSpec.SHA256', 'MGF1ParameterSpec.SHA1', 'not_decryptable'],
    [mask, php, "withMGFHash('sha256')", "withMGFHash('sha1')", 'not_decryptable'],
    [sha1, php, "'sha256'", "'sha1'", 'not_decryptable'],
    [sha1, ruby, ", rsa_oaep_md: 'sha256'", '', 'not_decryptable'],
    [
      zlib,
      java,
      'new Deflater(Deflater.DEFAULT_COMPRESSION, true)',
      'new Deflater()',
      'not_decryptable',
    ],
    [zlib, php, 'gzdeflate($', 'gzcompress($', 'not_decryptable'],
    [zlib, ruby, '-Zlib::MAX_WBITS', 'Zlib::MAX_WBITS', 'not_decryptable'],
    [noZip, ruby, 'deflate(claims)', 'claims', 'not_decryptable'],
    [unbound, java, 'aes.updateAAD', '// ', 'not_decryptable'],
    [unbound, php, ', $tag, $header', ', $tag', 'not_decryptable'],
    [
      decoded,
      ruby,
      'aes.auth_data = header',
      'aes.auth_data = Base64.urlsafe_decode64(header)',
      'not_decryptable',
    ],
    [padding, java, '.withoutPadding()', '', 'token_not_base64url'],
    [padding, ruby, 'padding: false', 'padding: true', 'token_not_base64url'],
    [longIv, php, 'random_bytes(12)', 'random_bytes(16)', 'token_segment_length'],
    [otherAlg, python, 'RSA-OAEP-256', 'RSA-OAEP', 'header_value_refused'],
    [otherAlg, go, 'jose.RSA_OAEP_256', 'jose.RSA_OAEP', 'header_value_refused'],
    [otherEnc, perl, 'A128GCM', 'A256GCM', 'header_value_refused'],
    [otherEnc, go, 'jose.A128GCM', 'jose.A256GCM', 'header_value_refused'],
    [noTyp, python, '"typ": "JWT", ', '', 'header_member_missing'],
    [noTyp, go, '.WithType("JWT")', '', 'header_member_missing'],
    [noKid, python, ', "kid": kid', '', 'header_member_missing'],
  ] as const
).map(([title, program, from, to, finding]) => ({ title, program, from, to, finding }));

let service: MintingService;
beforeAll(async () => {
  service = await startMintingService();
});
afterAll(() => service.stop());

describe('what languages get wrong by default', () => {
  it.for(traps)(
    verifies('TOK-1 A-3 A-4', 'is refused: $title, $program'),
    async ({ program, from, to, finding }, { skip }) => {
      const minter = minters.find((one) => one.program === program);
      if (minter === undefined) throw new Error(`No example runs as ${program}.`);
      const reason = whyNot(minter);
      if (reason !== undefined && !process.env.CI) skip(reason);

      const source = readFileSync(join(examples, program), 'utf8');
      const changed = source.replaceAll(from, to);
      expect(changed).not.toBe(source);
      const folder = join(service.folder, String(traps.findIndex((trap) => trap.from === from)));
      mkdirSync(folder, { recursive: true });
      const file = join(folder, basename(program));
      writeFileSync(file, changed);

      const token = await mintWith(minter, { ...service, claims: '{"sub":"ada"}', file });
      const refusal = await service.exchange(token);
      expect((await refusal.json()).code).toBe(
        finding === 'not_decryptable' ? 'token_refused' : 'token_malformed',
      );
      const { valid, findings } = await service.test(token);
      expect({ valid, codes: [...new Set(findings.map(({ code }) => code))] }).toEqual({
        valid: false,
        codes: [finding],
      });
    },
  );

  it('stands in the README with the finding', () => {
    const page = readFileSync(join(examples, 'README.md'), 'utf8');
    const rows = [...page.matchAll(/^\| ([^|]+?) +\| `(\w+)` +\|/gm)].map(([, title, code]) => [
      title,
      code,
    ]);
    const expected = new Map(traps.map(({ title, finding }) => [title, finding]));
    expect(rows.sort()).toEqual([...expected].sort());
  });
});
