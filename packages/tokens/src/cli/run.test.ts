import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { importPrivateKey } from '../keys/import-private-key.ts';
import { openToken } from '../open-token.ts';
import { kid, now, oid } from '../testing/fixtures.ts';
import { parseDuration } from './parse-duration.ts';
import { run } from './run.ts';
import type { Terminal } from './terminal.ts';

let folder = '';
let publicKey = '';
let privateKey = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wat-'));
  await wat('keygen', '--name', join(folder, 'key'));
  publicKey = join(folder, 'key.pub');
  privateKey = join(folder, 'key.key');
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command line and gives back what it printed. */
async function watWith(more: Partial<Terminal> & { stdin?: string }, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await run(args, {
    readStdin: async () => more.stdin ?? '',
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env: {},
    now: () => now,
    ...more,
  });
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}
const wat = (...args: string[]) => watWith({}, ...args);
const mint = (...args: string[]) => wat('mint', '--public-key', publicKey, '--kid', kid, ...args);
const claimsOf = async (token: string) => {
  const key = await importPrivateKey(await readFile(privateKey, 'utf8'));
  return (await openToken(token, { privateKeyFor: async () => key, now })).claims;
};

describe('signed mode', () => {
  it.each(['ES256', 'EdDSA', 'PS256'] as const)(
    verifies('TOK-17 VAL-3', 'makes a key for %s, signs with it and tests the token'),
    async (algorithm) => {
      const name = join(folder, algorithm);
      expect((await wat('keygen', '--signing', algorithm, '--name', name)).exitCode).toBe(0);
      expect((await stat(`${name}.key`)).mode & 0o777).toBe(0o600);
      const minted = await mint('--signing-key', `${name}.key`, '--sub', 'u1', '--prm', 'none');
      expect(minted).toMatchObject({ exitCode: 0, err: '' });
      const test = (...args: string[]) =>
        wat('test', minted.out, '--private-key', privateKey, '--json', ...args);
      const tested = await test('--signing', algorithm, '--verify-key', `${name}.pub`);
      expect(tested.exitCode).toBe(0);
      expect(JSON.parse(tested.out)).toMatchObject({ valid: true, payload: { aud: kid } });
      const plain = await test();
      expect(plain.exitCode).toBe(1);
      expect(plain.out).toContain('signature_unexpected');
    },
  );

  it('refuses unknown algorithms and half of the options', async () => {
    expect((await wat('keygen', '--signing', 'HS256')).exitCode).toBe(2);
    const half = await wat('test', 'x', '--private-key', privateKey, '--signing', 'ES256');
    expect(half.exitCode).toBe(2);
  });

  it(verifies('TOK-18', 'mints one-time tokens, and says what they lack'), async () => {
    const { out } = await mint('--sub', 'u1', '--jti', 'a', '--uses', '1');
    expect(await claimsOf(out)).toMatchObject({ jti: 'a', uses: 1 });
    const refused = await mint('--sub', 'u1', '--uses', '1', '--json');
    expect([refused.exitCode, refused.out.includes('uses_without_jti')]).toEqual([1, true]);
  });
});

describe('wat keygen', () => {
  it(
    verifies('VAL-3', 'writes a private key for its owner only, and never over another file'),
    async () => {
      expect((await stat(privateKey)).mode & 0o777).toBe(0o600);
      expect(await readFile(publicKey, 'utf8')).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
      const before = await readFile(privateKey, 'utf8');
      expect((await wat('keygen', '--name', join(folder, 'key'))).exitCode).toBe(2);
      expect(await readFile(privateKey, 'utf8')).toBe(before);
    },
  );

  it('names files and thumbprint as JSON', async () => {
    const name = join(folder, 'other');
    const { out } = await wat('keygen', '--name', name, '--json');
    expect(JSON.parse(out)).toEqual({
      privateKeyFile: `${name}.key`,
      publicKeyFile: `${name}.pub`,
      thumbprint: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});

describe('wat mint', () => {
  it(verifies('VAL-3', 'mints from options'), async () => {
    const options = ['--sub', 'u', '--dashboard', oid, '--prm', 'filter', '--expires-in', '20s'];
    const { exitCode, out } = await mint(...options, '--lng', 'de-DE', '--trc', 'a', '--trc', 'b');
    expect(exitCode).toBe(0);
    expect(await claimsOf(out)).toEqual({
      sub: 'u',
      exp: now + 20,
      grants: { res: [`dashboards/${oid}`], prm: ['filter'] },
      lng: 'de-DE',
      trc: ['a', 'b'],
    });
  });

  it(
    verifies('VAL-3', 'mints from a file or standard input, where options replace single claims'),
    async () => {
      const claims = { sub: 'u', grants: { acl: [], prm: ['export'] } };
      const file = join(folder, 'claims.json');
      await writeFile(file, JSON.stringify(claims));
      const fromFile = await mint('--claims', file, '--prm', 'none');
      expect(await claimsOf(fromFile.out)).toEqual({ sub: 'u', grants: { acl: [], prm: [] } });
      expect(fromFile.err).toContain('acl_erased');
      const args = ['mint', '--public-key', publicKey, '--kid', kid, '--claims', '-'];
      const fromStdin = await watWith({ stdin: JSON.stringify(claims) }, ...args);
      expect(await claimsOf(fromStdin.out)).toEqual(claims);
    },
  );

  it('reads the secret from standard input', async () => {
    const stdin = await readFile(publicKey, 'utf8');
    const { exitCode } = await watWith(
      { stdin },
      'mint',
      '--public-key',
      '-',
      '--kid',
      kid,
      '--sub',
      'u',
    );
    expect(exitCode).toBe(0);
  });

  it('prints findings and ends with 1', async () => {
    const plain = await mint('--sub', '', '--lng', 'xx');
    expect(plain.exitCode).toBe(1);
    expect(plain.out).toBe('');
    expect(plain.err).toContain('language_unknown at /lng');
    const json = await mint('--sub', '', '--lng', 'xx', '--json');
    const codes = JSON.parse(json.out).findings.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(['text_empty', 'language_unknown', 'prm_absent']);
    expect((await mint('--sub', 'u', '--profile', 'strict')).err).toContain('exp_missing');
  });

  it(verifies('B-1', 'sees duplicate names in a claims file'), async () => {
    const args = ['mint', '--public-key', publicKey, '--kid', kid, '--claims', '-', '--json'];
    const { exitCode, out } = await watWith({ stdin: '{"sub":"u","sub":"v"}' }, ...args);
    expect(exitCode).toBe(1);
    expect(JSON.parse(out).findings[0].code).toBe('json_duplicate_name');
  });

  it('ends with 1 for a key that is none, and names the code', async () => {
    const args = ['mint', '--public-key', '-', '--kid', kid, '--sub', 'u'];
    const { exitCode, err } = await watWith({ stdin: 'none' }, ...args);
    expect(exitCode).toBe(1);
    expect(err).toContain('key_refused');
  });
});

describe('wat inspect', () => {
  it(verifies('VAL-3', 'shows the header without a key'), async () => {
    const { out: token } = await mint('--sub', 'u');
    const { exitCode, out } = await watWith({ stdin: `${token}\n` }, 'inspect', '-', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      header: { kid, zip: 'DEF' },
      characters: token.length,
    });
    expect((await wat('inspect', token)).out).toContain(`kid: ${kid}`);
  });

  it('ends with 1 for a text that is no token', async () => {
    const { exitCode, err } = await wat('inspect', 'a.b.c');
    expect(exitCode).toBe(1);
    expect(err).toContain('token_segments: ');
  });
});

describe('wat test', () => {
  it(verifies('VAL-3', 'tests with the private key'), async () => {
    const { out: token } = await mint('--sub', 'u', '--expires-in', '20s');
    const good = await wat('test', token, '--private-key', privateKey, '--json');
    expect(good.exitCode).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({
      valid: true,
      header: { kid },
      payload: { sub: 'u', exp: now + 20 },
    });
    const late = await watWith({ now: () => now + 20 }, 'test', token, '--private-key', privateKey);
    expect(late.exitCode).toBe(1);
    expect(late.out).toContain('expired at /exp');
    expect((await wat('test', `${token}x`, '--private-key', privateKey)).exitCode).toBe(1);
  });

  it('says that a token belongs to another key', async () => {
    await wat('keygen', '--name', join(folder, 'stranger'));
    const { out: token } = await mint('--sub', 'u');
    const { exitCode, out } = await wat(
      'test',
      token,
      '--private-key',
      join(folder, 'stranger.key'),
    );
    expect(exitCode).toBe(1);
    expect(out).toContain('not_decryptable');
  });

  describe('by URL', () => {
    let server: Server;
    let url = '';
    const seen: { authorization: string | undefined; path: string | undefined; body: string }[] =
      [];
    let answer: { status: number; body: string };

    beforeAll(async () => {
      server = createServer(async (request, response) => {
        const { authorization } = request.headers;
        seen.push({ authorization, path: request.url, body: await text(request) });
        response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      if (typeof address === 'object') url = `http://127.0.0.1:${address?.port}`;
    });
    afterAll(() => server.close());

    it(verifies('VAL-3', 'asks the service, with the admin token'), async () => {
      answer = { status: 200, body: '{"valid":true,"findings":[],"payload":{"sub":"u"}}' };
      const env = { ADMIN_TOKEN: 'admin' };
      const { exitCode, out } = await watWith(
        { env, stdin: 'tok\n' },
        'test',
        '-',
        '--url',
        `${url}/`,
      );
      expect(exitCode).toBe(0);
      expect(out).toContain('valid');
      expect(seen.at(-1)).toEqual({
        authorization: 'Bearer admin',
        path: '/api/v1/wat/test',
        body: '{"token":"tok"}',
      });
      answer = { status: 200, body: '{"valid":false,"findings":[]}' };
      const file = join(folder, 'admin');
      await writeFile(file, 'from-file\n');
      const args = ['test', 'tok', '--url', url, '--admin-token-file', file];
      expect((await wat(...args)).exitCode).toBe(1);
      expect(seen.at(-1)?.authorization).toBe('Bearer from-file');
    });

    it.each([
      [401, '{}'],
      [302, ''],
      [200, 'null'],
      [200, '<html>'],
    ])('ends with 2 where the service answers %i %s', async (status, body) => {
      answer = { status, body };
      const env = { ADMIN_TOKEN: 'admin' };
      expect((await watWith({ env }, 'test', 'tok', '--url', url)).exitCode).toBe(2);
      expect(seen.at(-1)?.path).toBe('/api/v1/wat/test');
    });
  });
});

describe('wat', () => {
  it.each([
    [],
    ['frobnicate'],
    ['mint'],
    ['mint', '--kid', kid],
    ['mint', '--public-key', '/nowhere', '--kid', kid],
    ['mint', '--public-key', '-', '--claims', '-', '--kid', kid],
    ['mint', '--unknown'],
    ['mint', 'argument', '--public-key', '-', '--kid', kid],
    ['inspect'],
    ['inspect', 'a', 'b'],
    ['test', 'a'],
    ['test', 'a', '--private-key', 'x', '--url', 'y'],
    ['test', 'a', '--url', 'http://127.0.0.1:1'],
    ['test', '-', '--private-key', '-'],
    ['keygen', '--name', '/nowhere/at/all'],
  ])('ends with 2 for %s %s %s', async (...args) => {
    const { exitCode, err } = await wat(...args.filter((argument) => typeof argument === 'string'));
    expect(exitCode).toBe(2);
    expect(err).not.toBe('');
  });

  it.each(['keygen', 'mint', 'inspect', 'test'])('explains %s', async (command) => {
    const { exitCode, out } = await wat(command, '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain(`wat ${command}`);
    expect((await wat('--help')).out).toContain(command);
  });

  it('reads durations', () => {
    expect(['20s', '15m', '24h', '7d'].map(parseDuration)).toEqual([20, 900, 86_400, 604_800]);
    for (const wrong of ['', '5', 's', '-5s', '1.5h', '5w', '5 m', '9'.repeat(10)]) {
      expect(() => parseDuration(wrong)).toThrow();
    }
  });
});

describe('wat vectors', () => {
  it(
    verifies('VAL-5', 'prints vectors with the keys and the clock to check them with'),
    async () => {
      const { exitCode, out } = await wat('vectors');
      expect(exitCode).toBe(0);
      const set = JSON.parse(out);
      expect(set).toMatchObject({ now, kid, notice: expect.stringMatching(/^TEST KEYS/) });
      const results = new Set(set.vectors.map(({ result }: { result: string }) => result));
      expect(results).toEqual(new Set(['valid', 'invalid']));
      expect((await wat('vectors', 'more')).exitCode).toBe(2);
    },
  );
});
