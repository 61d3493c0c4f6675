import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { clickHouse } from '../../../../test/harness/three-engines.ts';
import { verifies } from '../../../../test/verifies.ts';

describe('a server behind TLS', () => {
  /** What opening comes to in a process of its own, which reads its authorities when it starts. */
  async function openingIn(url: string, env: Record<string, string>): Promise<string> {
    const program = `
      import { openClickHouse } from ${JSON.stringify(import.meta.resolve('../index.ts'))};
      const engine = await openClickHouse({ url: ${JSON.stringify(url)} }).catch(({ code }) => ({ code }));
      process.stdout.write(engine.code ?? 'open');
      await engine.close?.();`;
    const args = ['--input-type=module', '--eval', program];
    return (await promisify(execFile)(process.execPath, args, { env })).stdout;
  }

  it(
    verifies('DATA-3', 'is taken with a certificate that is known, and with no other'),
    async () => {
      const server = await clickHouse();
      const address = await server.createDatabase();
      const folder = mkdtempSync(join(tmpdir(), 'vitrine-tls-'));
      const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      execFileSync(
        'openssl',
        [
          ...[
            'req',
            '-x509',
            '-newkey',
            'rsa:2048',
            '-nodes',
            '-days',
            '2',
            '-subj',
            '/CN=localhost',
          ],
          ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
        ],
        { stdio: 'ignore' },
      );
      const { port, pathname } = new URL(address);
      const front = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
        const behind = connect(Number(port), '127.0.0.1');
        socket.on('error', () => behind.destroy());
        behind.on('error', () => socket.destroy());
        socket.pipe(behind).pipe(socket);
      }).listen(0, '127.0.0.1');
      await once(front, 'listening');
      const at = (host: string) =>
        `https://${host}:${(front.address() as AddressInfo).port}${pathname}`;
      const known = { NODE_EXTRA_CA_CERTS: cert };
      expect(await openingIn(at('localhost'), {})).toBe('source_unavailable');
      expect(await openingIn(at('127.0.0.1'), known)).toBe('source_unavailable');
      expect(await openingIn(at('localhost'), known)).toBe('open');
      front.close();
      rmSync(folder, { recursive: true });
    },
  );
});
