import { Agent, request } from 'node:http';
import type { RunningService } from '../harness/start-service.ts';
import { mintWats } from './open-load.ts';

/** A reader of the data source `Slow` whose connection stays open: each query is another, so that each reaches the database. */
export async function liveQueries(service: RunningService) {
  const [webAccessToken] = await mintWats(await service.createConfiguration(), 1);
  const opened = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webAccessToken }),
  });
  const session = (await opened.json()) as Record<'webSessionToken' | 'initialiser', string>;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let asked = 0;

  const ask = () =>
    new Promise<number>((resolve, reject) => {
      asked += 1;
      const jaql = { dim: '[Quick.N]', datatype: 'numeric' };
      const body = JSON.stringify({
        metadata: [
          { jaql: { ...jaql, agg: 'sum' } },
          { jaql: { ...jaql, filter: { fromNotEqual: -asked } }, panel: 'scope' },
        ],
      });
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: session.webSessionToken,
        initialiser: session.initialiser,
      };
      const address = `${service.url}/api/datasources/Slow/jaql`;
      request(address, { method: 'POST', agent, headers }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      })
        .once('error', reject)
        .end(body);
    });

  return {
    /** Asks one query after another until told to stop: how long the slowest of 20 took, milliseconds. */
    async p95(isOver: (asked: number) => boolean): Promise<number> {
      const times: number[] = [];
      while (!isOver(times.length)) {
        const startedAt = performance.now();
        const status = await ask();
        if (status !== 200) throw new Error(`${status} for a session that lives`);
        times.push(performance.now() - startedAt);
      }
      return times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0;
    },
    close: () => agent.destroy(),
  };
}
