const sales = 'bb0000000000000000000001';
const widget = 'cc0000000000000000000003';
const source = '/api/datasources/Sales';
const metadata = [
  { jaql: { dim: '[Sales.Product]' } },
  { jaql: { dim: '[Sales.Amount]', agg: 'sum' } },
];

/** A call that gives rows, or what leads to them, where it is allowed. */
export interface DataCall {
  readonly route: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Every route of the viewer plane that answers for one data source or dashboard, as its owner would call it. */
export const dataCalls: readonly DataCall[] = [
  { route: 'get /api/v1/dashboards/:oid', path: `/api/v1/dashboards/${sales}` },
  {
    route: 'get /api/v1/dashboards/:oid/widgets/:widget',
    path: `/api/v1/dashboards/${sales}/widgets/${widget}`,
  },
  {
    route: 'post /api/v1/dashboards/:oid/data',
    path: `/api/v1/dashboards/${sales}/data`,
    body: {},
  },
  {
    route: 'post /api/v1/dashboards/:oid/export',
    path: `/api/v1/dashboards/${sales}/export`,
    body: { format: 'csv', widget },
  },
  { route: 'post /api/datasources/:title/jaql', path: `${source}/jaql`, body: { metadata } },
  {
    route: 'post /api/datasources/:title/jaql/csv',
    path: `${source}/jaql/csv`,
    body: { metadata },
  },
  {
    route: 'post /api/datasources/:title/cancel_queries',
    path: `${source}/cancel_queries`,
    body: { queries: 'a;b' },
  },
  {
    route: 'post /api/datasources/:title/fields/search',
    path: `${source}/fields/search`,
    body: {},
  },
  {
    route: 'post /api/datasources/:title/members',
    path: `${source}/members`,
    body: { dim: '[Sales.Product]' },
  },
];

/** Routes that need a session and tell of it alone. */
export const sessionCalls: readonly DataCall[] = [
  { route: 'get /api/v1/session', path: '/api/v1/session' },
  { route: 'get /api/v1/dashboards', path: '/api/v1/dashboards' },
  { route: 'get /api/v1/themes/:oid', path: '/api/v1/themes/5ee0a1b2c3d4e5f600000001' },
];

/** Routes that need the admin token. Those of the token service stand without their prefix. */
export const adminRoutes: readonly string[] = [
  'get /api/v1/users',
  'get /api/v1/groups',
  'get /api/v1/themes',
  'get /api/v1/content/errors',
  'get /metrics',
  'post /generate',
  'post /test',
  'post /configurations',
  'get /configurations',
  'get /configurations/:kid',
  'patch /configurations/:kid',
  'delete /configurations/:kid',
  'get /configurations/:kid/usage',
  'post /configurations/:kid/rotate',
  'post /configurations/:kid/retire',
  'post /revocations',
  'get /revocations',
  'delete /revocations/:id',
  'get /',
  'delete /:id',
];

/** Routes that answer anybody, and hold nothing of anybody. */
export const publicRoutes: readonly string[] = [
  'get /healthz',
  'get /api/v1/openapi.json',
  'get /readyz',
  'get /wat/:token/app/main',
  'get /wat/:token/app/main/dashboards/:oid',
  'get /wat/:token/app/main/dashboards/:oid/widgets/:widget',
  'get /embed/:kid',
  'get /embed.js',
  'static',
  'get /api/v1/schemas/:kind.json',
  'post /sessionToken',
  'delete /sessionToken',
];
