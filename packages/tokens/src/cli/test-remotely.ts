import { UsageError } from './usage-error.ts';

const timeoutMs = 30_000;

/** Has a service test a token: structure, logic and data. Throws `UsageError` where the service does not answer. */
export async function testRemotely(
  token: string,
  { url, adminToken }: { url: string; adminToken: string },
): Promise<Readonly<Record<string, unknown>>> {
  const response = await post(routeAt(url), token, adminToken);
  if (!response.ok) throw new UsageError(`The service answered ${response.status}.`);
  const report: unknown = await response.json().catch(() => undefined);
  if (typeof report !== 'object' || report === null || !('valid' in report)) {
    throw new UsageError('The service did not answer with a test report.');
  }
  return { ...report };
}

function routeAt(url: string): string {
  if (!URL.canParse(url)) throw new UsageError('--url is not a URL.');
  return `${url.replace(/\/$/, '')}/api/v1/wat/test`;
}

async function post(route: string, token: string, adminToken: string): Promise<Response> {
  try {
    return await fetch(route, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ token }),
      // The admin token must not follow a redirect to another host.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new UsageError('The service cannot be reached.', { cause });
  }
}
