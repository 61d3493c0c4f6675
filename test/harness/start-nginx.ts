import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** Whether to leave tests of it out: never where everything has to be installed. */
export const isWithoutNginx = spawnSync('nginx', ['-v']).status !== 0 && !process.env.CI;

/** Runs Debian's nginx on such settings, listening on a free port without TLS. */
export async function startNginx(settings: string, upstream: string) {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const server = settings
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
    .replace('127.0.0.1:4700', new URL(upstream).host)
    .replaceAll('/var/log/nginx', folder);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `pid ${folder}/pid; error_log ${folder}/main.log;
     ${process.getuid?.() === 0 ? 'user root;' : ''} worker_processes 1; events {}
     http { ${temporary} access_log ${folder}/access.log; ${server} }`,
  );
  const nginx = (...args: string[]) =>
    spawnSync('nginx', ['-e', `${folder}/main.log`, '-c', file, ...args], { encoding: 'utf8' });
  // It goes into the background once it listens.
  const { status, stderr } = nginx();
  if (status !== 0) throw new Error(stderr);
  return {
    url: `http://127.0.0.1:${port}`,
    logs: () => globSync(`${folder}/*.log`).map((log) => readFileSync(log, 'utf8')),
    stop() {
      nginx('-s', 'stop');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type Nginx = Awaited<ReturnType<typeof startNginx>>;
