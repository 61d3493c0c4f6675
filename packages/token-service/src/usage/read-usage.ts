import type { RequestHandler } from 'express';
import * as v from 'valibot';
import { objectMessage, readQuery } from '../http/read-input.ts';
import { timeZoneNamed } from '../http/time-zone-named.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { startOfToday } from './start-of-today.ts';

/** In whose time zone today began. */
export const usageQuery = v.strictObject(
  {
    timeZone: v.exactOptional(
      v.pipe(
        v.string('must be one text'),
        v.transform(timeZoneNamed),
        v.string('must be the IANA name of a time zone'),
      ),
      'UTC',
    ),
  },
  objectMessage,
);

/**
 * `GET …/configurations/<kid>/usage?timeZone=`: sessions in all, since the start of today in the
 * reader's zone, and the last one. All null where there was never one (CFG-5).
 */
export function readUsage({ store, steadyNow }: ServiceContext): RequestHandler<{ kid: string }> {
  return async (request, response) => {
    const { kid } = request.params;
    const { timeZone } = readQuery(usageQuery, request.query);
    if ((await store.findConfiguration(kid)) === undefined) throw new Problem('not_found');
    const { lastUsed, total, since } = await store.readUsage(
      kid,
      startOfToday(steadyNow(), timeZone),
    );
    response.json(
      lastUsed === null
        ? { lastUsed: null, today: null, total: null }
        : { lastUsed: new Date(lastUsed).toISOString(), today: since, total },
    );
  };
}
