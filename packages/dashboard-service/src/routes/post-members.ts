import { findDashboard } from '../data/find-dashboard.ts';
import { runQuery } from '../data/run-query.ts';
import { concerns, startingFilters } from '../data/starting-filters.ts';
import { filtersFor, requireFilterAbility } from '../data/widget-request.ts';
import { membersBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import { requireSource } from './require-source.ts';
import type { Services } from './services.ts';
import type { SessionCall } from './session-call.ts';
import { sessionRoute } from './session-route.ts';

/**
 * `POST /api/datasources/<title>/members`: what a filter on the field offers to this session. The background filters of `flt`
 * apply always, those of a dashboard where it is named.
 */
export const postMembers = (services: Services) =>
  sessionRoute(services, async (call) => {
    const { request, response, body, rights, data } = call;
    const source = requireSource(rights, request.params.title);
    const { dashboard, ...asked } = readBody(body, membersBody);
    requireFilterAbility(rights, asked.filters ?? []);
    const filters = inForce(dashboard, source, call);
    const { values, truncated } = await runQuery(
      { kind: 'members', source, request: asked, filters },
      data,
    );
    response.json({ members: values.flatMap((row) => row.slice(0, 1)), more: truncated });
  });

function inForce(oid: string | undefined, source: string, { rights, data }: SessionCall) {
  if (oid === undefined) {
    return (rights.filters ?? []).filter((filter) => concerns(filter, new Set([source]), data));
  }
  const dashboard = findDashboard(rights, oid);
  return filtersFor(source, startingFilters(dashboard, data), dashboard, data);
}
