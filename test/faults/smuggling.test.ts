import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest, statusesIn } from '../../packages/dashboard-service/test/raw-request.ts';
import { smuggledRequests } from '../harness/smuggled-requests.ts';
import { isWithoutNginx, type Nginx, startNginx } from '../harness/start-nginx.ts';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { tinyContent } from './tiny-content.ts';

const page = readFileSync(new URL('../../docs/links.md', import.meta.url), 'utf8');
const [, documented = ''] = /^```nginx\n(.*?)^```$/ms.exec(page) ?? [];
const seen = "log_format seen '[$request]'; access_log /var/log/nginx/seen.log seen;";

const settings = {
  'as documented': documented.replace(/^log_format.*$/m, seen).replace(/^ +access_log .*$/m, ''),
  // A request's rest would be the next one's beginning only on a connection that several share.
  'that keeps its connections to the service': `${seen}
    upstream service { server 127.0.0.1:4700; keepalive 4; }
    server {
      listen 443 ssl;
      location / {
        proxy_pass http://service;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_request_buffering off;
      }
    }`,
};

/** What nginx refuses or hands on as one request; of the others it may make two itself. */
const alwaysOne = [
  ...['CL.TE', 'TE.CL', 'TE.0', 'TE.0 of a request that has no body', 'a folded line'],
  ...['a folded coding', 'a vertical tab in a name', 'a NUL in a name'],
];

describe.skipIf(isWithoutNginx)(
  'requests that nginx and the service could read in two ways',
  () => {
    const contentDir = tinyContent();
    let service: RunningService;
    beforeAll(async () => {
      service = await startService({ contentDir, env: { TRUST_PROXY: '1' } });
    });
    afterAll(async () => {
      await service.stop();
      rmSync(contentDir, { recursive: true });
    });

    it.each(Object.keys(settings) as (keyof typeof settings)[])(
      verifies('F-5', 'get no second answer through an nginx %s'),
      async (name) => {
        const nginx: Nginx = await startNginx(settings[name], service.url);
        const names = Object.keys(smuggledRequests(''));
        const pathOf = (nth: number) => `/second/${new URL(nginx.url).port}/${nth}/`;
        const answers = await Promise.all(
          names.map((trick, nth) => {
            const second = `GET ${pathOf(nth)} HTTP/1.1\r\nHost: x\r\n\r\n`;
            return rawRequest(nginx.url, smuggledRequests(second)[trick] ?? '');
          }),
        );
        // One that follows on the same connections is answered as itself.
        const health = await Promise.all(
          Array.from({ length: 20 }, () => fetch(`${nginx.url}/healthz`)),
        );
        const logged = nginx.logs().join('\n');
        nginx.stop();
        expect(new Set(health.map(({ status }) => status))).toEqual(new Set([200]));
        const found = names.map((trick, nth) => {
          const path = pathOf(nth);
          const isTwoForNginx = logged.includes(`[GET ${path} `);
          return {
            trick,
            isTwoForNginx,
            isTwoForService: service.output().includes(`"${path}"`),
            answers: statusesIn(answers[nth] ?? ''),
          };
        });
        const split = found.filter(
          ({ trick, isTwoForNginx, isTwoForService, answers }) =>
            (isTwoForNginx && alwaysOne.includes(trick)) ||
            (isTwoForService && !isTwoForNginx) ||
            answers.length > (isTwoForNginx ? 2 : 1),
        );
        expect(split).toEqual([]);
      },
    );
  },
);
