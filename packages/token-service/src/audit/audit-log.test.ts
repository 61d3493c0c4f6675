import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  appendFile,
  mkdtemp,
  open as openFile,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { AuditLog } from './audit-log.ts';
import { auditChains, verifyAudit } from './verify-audit.ts';

const log = pino({ level: 'silent' });
const start = Date.parse('2026-11-21T20:30:00Z');
const open = () => AuditLog.open({ folder, log, wallNow: () => start });
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-audit-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(count: number): Promise<string> {
  const audit = await open();
  const kids = Array.from({ length: count }, (_, nth) => String(nth).padStart(24, '0'));
  await Promise.all(kids.map((kid) => audit.write({ act: 'token.test', kid })));
  await audit.close();
  return audit.path;
}

const linesOf = async (path: string) => (await readFile(path, 'utf8')).trimEnd().split('\n');
const replaced = (path: string, lines: readonly string[]) =>
  writeFile(path, `${lines.join('\n')}\n`);

describe('the audit log', () => {
  it(verifies('I-4', 'is a chain that holds, over restarts too'), async () => {
    const path = await written(5);
    expect(await written(2)).toBe(path);
    const lines = await linesOf(path);
    expect(lines).toHaveLength(7);
    expect(JSON.parse(lines[6] ?? '')).toMatchObject({
      ...{ seq: 7, at: '2026-11-21T20:30:00.000Z', act: 'token.test' },
      kid: '000000000000000000000001',
    });
    expect(await verifyAudit(path)).toMatchObject({ isSound: true, lines: 7 });
  });

  it(verifies('I-4', 'fails its check at a line that was edited'), async () => {
    const path = await written(6);
    const lines = await linesOf(path);
    lines[3] = (lines[3] ?? '').replace('000003', '000009');
    await replaced(path, lines);
    expect(await verifyAudit(path)).toMatchObject({ isSound: false, line: 4 });
  });

  it(verifies('I-4', 'fails its check where a line is gone, doubled or moved'), async () => {
    const path = await written(6);
    const lines = await linesOf(path);
    const [first = '', second = ''] = lines;
    for (const [line, changed] of [
      [3, lines.toSpliced(2, 1)],
      [1, lines.slice(1)],
      [2, [first, first, ...lines.slice(1)]],
      [1, [second, first, ...lines.slice(2)]],
    ] as const) {
      await replaced(path, changed);
      expect(await verifyAudit(path)).toMatchObject({ isSound: false, line });
    }
  });

  it(verifies('I-4', 'fails its check where an edited line got a hash of its own'), async () => {
    const path = await written(3);
    const other = join(folder, 'other');
    const [first, , third] = await linesOf(path);
    const audit = await AuditLog.open({ folder: other, log, wallNow: () => start });
    await audit.write({ act: 'token.test', kid: '0'.repeat(24) });
    await audit.write({ act: 'session.end' });
    await audit.close();
    const [, forged] = await linesOf(audit.path);
    await replaced(path, [first ?? '', forged ?? '', third ?? '']);
    expect(await verifyAudit(path)).toMatchObject({ isSound: false, line: 3 });
  });

  it(verifies('I-4', 'goes on after a line that a crash cut short'), async () => {
    const path = await written(2);
    await appendFile(path, '{"seq":3,"at":"2026');
    await written(1);
    expect(await verifyAudit(path)).toMatchObject({ isSound: true, lines: 3 });
  });

  it(verifies('I-4', 'starts another file beside one whose end was edited'), async () => {
    const path = await written(2);
    const lines = await linesOf(path);
    await replaced(path, [lines[0] ?? '', (lines[1] ?? '').replace('token.test', 'token.rest')]);
    expect(await written(1)).not.toBe(path);
    expect(await verifyAudit(path)).toMatchObject({ isSound: false, line: 2 });
  });

  it(verifies('I-4', 'gives every writer a file of its own'), async () => {
    const [one, two] = [await open(), await open()];
    expect(one.path).not.toBe(two.path);
    await Promise.all([one.write({ act: 'token.test' }), two.write({ act: 'token.test' })]);
    await one.close();
    await two.close();
    const files = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    expect(files).toHaveLength(2);
    for (const name of files) {
      expect(await verifyAudit(join(folder, name))).toMatchObject({ isSound: true, lines: 1 });
    }
  });
});

describe('parts of an audit chain', () => {
  const entry = { act: 'token.test' } as const;
  const files = async () =>
    (await readdir(folder))
      .filter((name) => name.endsWith('.log'))
      .map((name) => join(folder, name));
  const chain = async () => auditChains(await files())[0] ?? [];
  const small = (wallNow = () => start) =>
    AuditLog.open({ folder, log, wallNow, maxFileBytes: 500 });

  it(verifies('I-4', 'go on in a file of each day and size, checked as one'), async () => {
    let now = start;
    const audit = await AuditLog.open({ folder, log, wallNow: () => now });
    await audit.write(entry);
    now += 86_400_000;
    await audit.write(entry);
    await audit.write(entry);
    await audit.close();
    expect(await files()).toHaveLength(2);
    const later = await small(() => now);
    for (let nth = 0; nth < 6; nth += 1) await later.write(entry);
    await later.close();
    const parts = await chain();
    expect(parts.length).toBeGreaterThan(2);
    expect(await verifyAudit(...parts)).toMatchObject({ isSound: true, lines: 9, from: 1 });
    expect(await verifyAudit(...parts.slice(1))).toMatchObject({
      isSound: true,
      lines: 9,
      from: 2,
    });
  });

  it(
    verifies('I-4', 'fail their check where one is missing, cut, or put in another place'),
    async () => {
      const audit = await small();
      for (let nth = 0; nth < 10; nth += 1) await audit.write(entry);
      await audit.close();
      const parts = await chain();
      expect(parts.length).toBeGreaterThan(3);
      const [first = '', second = '', third = '', ...rest] = parts;
      for (const given of [
        [first, third, ...rest],
        [second, first, third],
      ]) {
        expect(await verifyAudit(...given)).toMatchObject({ isSound: false, line: 1 });
      }
      const lines = await linesOf(second);
      await replaced(second, lines.slice(0, -1));
      expect(await verifyAudit(...parts)).toMatchObject({ isSound: false, file: third, line: 1 });
    },
  );

  it(verifies('I-4', 'hold wherever the process died between two of them'), async () => {
    const audit = await small();
    for (let nth = 0; nth < 3; nth += 1) await audit.write(entry);
    await audit.close();
    const [last = ''] = (await chain()).slice(-1);
    const next = last.includes('+')
      ? last.replace(/\d{6}/, (number) => String(Number(number) + 1).padStart(6, '0'))
      : last.replace('.log', '+000002.log');
    // Dead after the next file was made, and dead in the midst of its first line.
    for (const left of ['', '{"seq":4,"at":"2026']) {
      await writeFile(next, left);
      const again = await open();
      expect(again.path).toBe(next);
      await again.write(entry);
      await again.close();
      const verdict = await verifyAudit(...(await chain()));
      expect(verdict).toMatchObject({ isSound: true, lines: 4 });
      await writeFile(next, '');
    }
  });
});

describe('a disk that is full', () => {
  it.runIf(existsSync('/dev/full'))(verifies('I-4', 'takes no entry'), async () => {
    await symlink('/dev/full', join(folder, `${hostname()}.log`));
    const audit = await open();
    await expect(audit.write({ act: 'token.test' })).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    await audit.close();
  });

  it(
    verifies('I-4', 'leaves nothing of a failed entry behind when it has room again'),
    async () => {
      const probe = await openFile(join(folder, 'probe'), 'a');
      const sync = vi.spyOn(Object.getPrototypeOf(probe), 'datasync');
      await probe.close();
      const audit = await open();
      await audit.write({ act: 'token.test' });
      sync.mockRejectedValueOnce(new Error('ENOSPC'));
      const failed = audit.write({ act: 'configuration.create', settings: ['long'.repeat(100)] });
      await expect(failed).rejects.toMatchObject({ code: 'store_unavailable' });
      await audit.write({ act: 'token.test' });
      await audit.close();
      vi.restoreAllMocks();
      expect(await verifyAudit(audit.path)).toMatchObject({ isSound: true, lines: 2 });
      expect(await readFile(audit.path, 'utf8')).not.toContain('configuration.create');
    },
  );
});

describe('the verify command', () => {
  const command = fileURLToPath(new URL('verify.ts', import.meta.url));
  const run = async (...files: string[]) => {
    const done = promisify(execFile)(process.execPath, [command, ...files]);
    return await done.then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );
  };

  it(verifies('I-4', 'answers by its exit code, and names the first broken line'), async () => {
    const path = await written(3);
    const sound = await run(path);
    expect(sound.code).toBe(0);
    expect(sound.stdout).toContain('3 lines, sound');
    const lines = await linesOf(path);
    await replaced(path, lines.toSpliced(1, 1));
    const broken = await run(path);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain('broken at line 2');
    expect((await run()).code).toBe(2);
    expect((await run(join(folder, 'none.log'))).code).toBe(2);
  });
});
