import type { Claims } from '@vitrine/claims';
import { mintToken } from '@vitrine/tokens';
import { inject } from 'vitest';

export interface Key {
  readonly kid: string;
  readonly publicKey: string;
}

export interface Api {
  call(path: string, init?: { method?: string; body?: unknown }): Promise<Response>;
}

/** A configuration of the shared service; embedding is allowed from the shared host page. */
export async function createConfiguration(settings: object = {}): Promise<Key> {
  const response = await fetch(`${inject('serviceUrl')}/api/v1/wat/configurations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${inject('adminToken')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      name: 'End to end',
      profile: 'compatible',
      origins: [inject('hostUrl')],
      linksAllowed: true,
      ...settings,
    }),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  const { kid, secret } = (await response.json()) as { kid: string; secret: string };
  return { kid, publicKey: secret };
}

export function exchange(wat: string, more: object = {}): Promise<Response> {
  return fetch(`${inject('serviceUrl')}/api/v1/wat/sessionToken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webAccessToken: wat, ...more }),
  });
}

/** A session as the viewer has one: the two headers on every call. */
export async function openSession(key: Key, claims: Claims): Promise<Api> {
  return sessionOf(await exchange(await mintToken(claims, key)));
}

/** The calls of the session that an exchange has opened. */
export async function sessionOf(response: Response): Promise<Api> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const session = (await response.json()) as { webSessionToken: string; initialiser: string };
  return {
    call: (path, { method = 'GET', body } = {}) =>
      fetch(`${inject('serviceUrl')}${path}`, {
        method,
        headers: {
          authorization: session.webSessionToken,
          initialiser: session.initialiser,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}

export interface WidgetLine {
  readonly widget: string;
  readonly headers: string[];
  readonly values: { data: string | number | null; text: string; selected?: boolean }[][];
  readonly error?: { code: string };
}

/** All widgets' rows of a dashboard, by widget. */
export async function dashboardData(
  api: Api,
  oid: string,
  body: object = {},
): Promise<Map<string, WidgetLine>> {
  const response = await api.call(`/api/v1/dashboards/${oid}/data`, { method: 'POST', body });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const lines = (await response.text()).trim().split('\n');
  return new Map(
    lines.map((line) => {
      const parsed = JSON.parse(line) as WidgetLine;
      return [parsed.widget, parsed];
    }),
  );
}
