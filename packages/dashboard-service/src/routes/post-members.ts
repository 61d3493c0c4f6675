import { findDashboard } from '../data/find-dashboard.ts';
import { runQuery } from '../data/run-query.ts';
import { membersRequest } from '../data/widget-request.ts';
import { membersBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import { requireSource } from './require-source.ts';
import type { Services } from './services.ts';
import { sessionRoute } from './session-route.ts';

/** `POST /api/datasources/<title>/members`: what a filter on the field offers to this session. */
export const postMembers = (services: Services) =>
  sessionRoute(services, async ({ request, response, rights, data }) => {
    const source = requireSource(rights, request.params.title);
    const { dashboard: oid, ...asked } = readBody(request, membersBody);
    const dashboard = oid === undefined ? undefined : findDashboard(rights, oid);
    const { values, truncated } = await runQuery(
      membersRequest(source, asked, dashboard, data),
      data,
    );
    response.json({ members: values.flatMap((row) => row.slice(0, 1)), more: truncated });
  });
