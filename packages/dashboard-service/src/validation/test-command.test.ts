import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { adminToken, startService, type TestService } from '../../test/start-service.ts';

const command = fileURLToPath(new URL('cli/main.ts', import.meta.resolve('@vitrine/tokens')));

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('wat test --url', () => {
  const wat = async (claims: object) => {
    const issuer = await service.issuer({ profile: 'compatible' });
    const child = spawn(process.execPath, [command, 'test', '-', '--url', service.url], {
      env: { ...process.env, ADMIN_TOKEN: adminToken },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end(await service.rawToken(issuer, claims));
    return { out: await text(child.stdout), exitCode: await ended };
  };

  it(
    verifies('VAL-1 VAL-3', 'shows the findings of all three levels with their hints'),
    async () => {
      const rule = {
        dataSourceTitle: 'Sales',
        table: 'Sales',
        column: 'Tenant',
        members: ['nobody'],
      };
      const { out, exitCode } = await wat({
        ...{ sub: 'acme-reader', exp: 1, trc: 5 },
        grants: { acl: [rule, { ...rule, dataSourceTitle: 'WarehouseStock' }], prm: [] },
      });
      expect(exitCode).toBe(1);
      expect(out).toContain('error (structure) not_list at /trc:');
      expect(out).toContain('error (logic) expired at /exp:');
      expect(out).toContain('warning (data) rule_member_unknown at /grants/acl/0/members/0:');
      expect(out).toContain('error (data) blanks_differ at /grants/acl/1/dataSourceTitle:');
      expect(out).toContain('Write "Warehouse Stock"');
      expect(out.trimEnd().split('\n').at(-1)).toBe('not valid');
    },
  );

  it(verifies('VAL-3', 'ends with 0 for a token that fits the content'), async () => {
    const { out, exitCode } = await wat({ sub: 'acme-reader', grants: { prm: [] } });
    expect([exitCode, out.trimEnd().split('\n').at(-1)]).toEqual([0, 'valid']);
  });
});
