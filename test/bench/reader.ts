import { type Agent, request } from 'node:http';
import type { AclRule } from '@vitrine/claims';
import { mintToken } from '@vitrine/tokens';
import type { RunningService } from '../harness/start-service.ts';

const path = '/api/datasources/Facts/jaql';

/** A session of the service with made facts, and what it asks with. */
export interface Reader {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Opens sessions, each under its own rules. */
export async function openReaders(
  service: RunningService,
  rules: readonly (readonly AclRule[])[],
): Promise<Reader[]> {
  const key = await service.createConfiguration();
  const readers: Reader[] = [];
  for (const acl of rules) {
    const webAccessToken = await mintToken({ sub: 'ada', grants: { acl } }, key);
    const answer = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ webAccessToken }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const { webSessionToken, initialiser } = (await answer.json()) as Record<string, string>;
    readers.push({
      url: `${service.url}${path}`,
      headers: {
        ...{ 'content-type': 'application/json', authorization: webSessionToken ?? '' },
        initialiser: initialiser ?? '',
      },
    });
  }
  return readers;
}

/** Asks, and reads the whole answer; gives its status. */
export function send({ url, headers }: Reader, body: string, agent: Agent): Promise<number> {
  const sized = { ...headers, 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers: sized }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', reject)
      .end(body);
  });
}
