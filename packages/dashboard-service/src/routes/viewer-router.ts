import { Router } from 'express';
import { embedScript, viewerAssets } from '../pages/asset-routes.ts';
import { embedPage, linkPage } from '../pages/link-page.ts';
import { navigationOnly } from '../pages/navigation-only.ts';
import { pageReader, type ViewerAssets } from '../pages/viewer-assets.ts';
import { cancelQueries } from './cancel-queries.ts';
import { getDashboard, getDashboards, getWidget } from './get-dashboards.ts';
import { getSchema } from './get-schema.ts';
import { getSession } from './get-session.ts';
import { getTheme } from './get-theme.ts';
import { postData } from './post-data.ts';
import { postExport } from './post-export.ts';
import { postJaql, postJaqlCsv } from './post-jaql.ts';
import { postMembers } from './post-members.ts';
import { searchFields } from './search-fields.ts';
import type { Services } from './services.ts';
import type { SessionPost } from './session-post.ts';

const main = '/wat/:token/app/main';
const sources = '/api/datasources/:title';
const dashboards = '/api/v1/dashboards';

/** The questions that viewers ask most: answered in front of Express, and behind it all the same. */
export function sessionPosts(services: Services): SessionPost[] {
  return [postJaql(services), postData(services)];
}

/** Pages and the viewer plane. */
export function viewerRouter(
  services: Services,
  assets: ViewerAssets,
  posts: readonly SessionPost[],
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const page = { tokens: services.tokens, page: pageReader(assets) };
  router.get(
    [main, `${main}/dashboards/:oid`, `${main}/dashboards/:oid/widgets/:widget`],
    navigationOnly,
    linkPage(page),
  );
  router.get('/embed/:kid', navigationOnly, embedPage(page));
  router.get('/embed.js', embedScript(assets));
  router.use('/assets/viewer', viewerAssets(assets));
  router.get('/api/v1/schemas/:kind.json', getSchema());

  router.get('/api/v1/session', getSession(services));
  router.get(dashboards, getDashboards(services));
  router.get(`${dashboards}/:oid`, getDashboard(services));
  router.get(`${dashboards}/:oid/widgets/:widget`, getWidget(services));
  router.post(`${dashboards}/:oid/export`, postExport(services));
  for (const { path, route } of posts) router.post(path, route);
  router.post(`${sources}/jaql/csv`, postJaqlCsv(services));
  router.post(`${sources}/cancel_queries`, cancelQueries(services));
  router.post(`${sources}/fields/search`, searchFields(services));
  router.post(`${sources}/members`, postMembers(services));
  router.get('/api/v1/themes/:oid', getTheme(services));
  return router;
}
