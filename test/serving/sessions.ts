import type { Claims } from '@vitrine/claims';
import { mintToken } from '@vitrine/tokens';
import type { Key } from '../harness/api.ts';
import type { RunningService } from '../harness/start-service.ts';

/** A session's way to call a service. */
export type Send = (path: string, body: object, signal?: AbortSignal) => Promise<Response>;

/** Opens a session of a token with these claims. */
export async function openSession(at: RunningService, key: Key, claims: Claims): Promise<Send> {
  const webAccessToken = await mintToken(claims, key);
  const send = (path: string, headers: object, body: object, signal?: AbortSignal) =>
    fetch(`${at.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  const opened = await send('/api/v1/wat/sessionToken', {}, { webAccessToken });
  const { webSessionToken, initialiser } = (await opened.json()) as Record<string, string>;
  const keys = { authorization: webSessionToken, initialiser };
  return (path, body, signal) => send(path, keys, body, signal);
}

/** The value of a series of `/metrics`, by its name and labels as they are written; 0 where it is not there. */
export async function metricOf(at: RunningService, series: string): Promise<number> {
  const answer = await fetch(`${at.url}/metrics`, {
    headers: { authorization: `Bearer ${at.adminToken}` },
  });
  const line = (await answer.text()).split('\n').find((text) => text.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? 0);
}

/** What is wrong with the content of a service. */
export async function problemsOf(
  at: RunningService,
): Promise<readonly { file: string; pointer: string; reason: string; lastGoodServes: boolean }[]> {
  const answer = await fetch(`${at.url}/api/v1/content/errors`, {
    headers: { authorization: `Bearer ${at.adminToken}` },
  });
  return ((await answer.json()) as { errors: Awaited<ReturnType<typeof problemsOf>> }).errors;
}
