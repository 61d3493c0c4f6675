import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, smuggledRequests } from '../../../../test/harness/smuggled-requests.ts';
import { verifies } from '../../../../test/verifies.ts';
import { rawRequest, statusesIn } from '../../test/raw-request.ts';
import { startService, type TestService } from '../../test/start-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** What must never be answered. */
const second = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';

describe('requests that two parsers could read in two ways', () => {
  it(verifies('F-5', 'get no answer but refusals'), async () => {
    const answered = await Promise.all(
      Object.entries(smuggledRequests(second)).map(async ([name, bytes]) => {
        const statuses = statusesIn(await rawRequest(service.url, bytes));
        return statuses.every((status) => status >= 400 && status < 500) ? [] : [name, statuses];
      }),
    );
    expect(answered.flat()).toEqual([]);
  });

  it(verifies('F-5', 'differ from two requests that follow one another'), async () => {
    const answer = await rawRequest(service.url, post('Content-Length: 2', '{}') + second);
    expect(statusesIn(answer)).toEqual([400, 200]);
  });
});
