import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyContent } from '../faults/tiny-content.ts';
import { startService } from '../harness/start-service.ts';

interface Report {
  readonly valid: boolean;
  readonly header: unknown;
  readonly payload: unknown;
  readonly findings: readonly {
    readonly level: string;
    readonly severity: string;
    readonly code: string;
  }[];
}

/** A running service with the user `ada`, and one configuration whose public key lies in a file. */
export async function startMintingService() {
  const contentDir = tinyContent();
  const service = await startService({ contentDir });
  const { kid, publicKey } = await service.createConfiguration();
  const folder = mkdtempSync(join(tmpdir(), 'mint-'));
  const keyFile = join(folder, 'key.pub');
  writeFileSync(keyFile, publicKey);
  const post = (route: string, body: object, headers = {}) =>
    fetch(`${service.url}/api/v1/wat/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return {
    kid,
    keyFile,
    folder,
    exchange: (webAccessToken: string) => post('sessionToken', { webAccessToken }),
    async test(token: string): Promise<Report> {
      const answer = await post(
        'test',
        { token },
        { authorization: `Bearer ${service.adminToken}` },
      );
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Report;
    },
    async stop() {
      await service.stop();
      for (const each of [folder, contentDir]) rmSync(each, { recursive: true });
    },
  };
}

export type MintingService = Awaited<ReturnType<typeof startMintingService>>;
