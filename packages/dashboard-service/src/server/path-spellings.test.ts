import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { rawRequest, statusesIn } from '../../test/raw-request.ts';
import { spellings } from '../../test/spellings.ts';
import { startService, type TestService } from '../../test/start-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const admin = '/api/v1/wat/configurations';
const paths = [
  ...[admin, '/api/v1/web-access-tokens/configurations', '/api/v1/sessions', '/api/v1/users'],
  ...['/metrics', '/healthz', '/api/v1/openapi.json', '/api/v1/content/errors'],
  ...['/api/v1/schemas/dashboards.json', '/readyz'],
];

describe('a path', () => {
  it(verifies('F-6', 'is found by its one spelling, and by none of 500 others'), async () => {
    const get = (path: string) =>
      rawRequest(
        service.url,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${service.admin.Authorization}\r\nConnection: close\r\n\r\n`,
      );
    const wrong: string[] = [];
    let tried = 0;
    for (const path of paths) {
      expect(statusesIn(await get(path)), path).toEqual([200]);
      const others = new Set(spellings.map((spell) => spell(path)));
      others.delete(path);
      const answers = await Promise.all([...others].map(async (each) => [each, await get(each)]));
      for (const [each = '', answer = ''] of answers) {
        tried += 1;
        const [status = 0] = statusesIn(answer);
        if (![400, 404].includes(status)) wrong.push(`${status} ${each}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThanOrEqual(500);
  });

  it(verifies('F-6', 'is not spelt with escapes of its letters on the admin plane'), async () => {
    const path = '/api/v1/wat/%63onfigurations';
    const answer = await rawRequest(
      service.url,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect([401, 404]).toContain(statusesIn(answer)[0]);
  });

  it(verifies('F-6', 'never redirects'), async () => {
    for (const path of [
      '//evil.example',
      '/assets/viewer',
      '/wat',
      '/embed',
      '//evil.example/%2f..',
    ]) {
      const answer = await rawRequest(
        service.url,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).not.toMatch(/^location:/im);
      expect([400, 404]).toContain(statusesIn(answer)[0]);
    }
  });
});
