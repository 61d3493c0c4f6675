import { json, type Operation } from '@vitrine/token-service';
import {
  cancelBody,
  dataBody,
  exportBody,
  fieldsBody,
  jaqlBody,
  membersBody,
} from '../routes/bodies.ts';

const dashboards = '/api/v1/dashboards';
const dashboard = `${dashboards}/{oid}`;
const source = '/api/datasources/{title}';

const query = [
  ...(['not_found', 'ability_missing', 'query_invalid', 'query_timeout'] as const),
  ...(['query_cancelled', 'query_failed', 'source_unavailable', 'overloaded'] as const),
  'parameter_missing' as const,
];

const inSession = { tag: 'data', access: 'session' } as const;

/** What a session may call. */
export const viewerOperations: readonly Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/session', id: 'readSession', tag: 'session' },
    access: 'session',
    summary:
      'What this session is and may do; with `Embed-Theme` or `Embed-Language` (headers of every call) as the page around wishes now.',
    answer: json('User, abilities, language, locale, time zone, theme, dashboards.'),
  },
  {
    ...{ ...inSession, method: 'get', path: dashboards, id: 'listDashboards' },
    summary: 'The dashboards of this session.',
    answer: json('Ids and titles.'),
  },
  {
    ...{ ...inSession, method: 'get', path: dashboard, id: 'readDashboard' },
    summary: 'A dashboard with its widgets and filters.',
    answer: json('The dashboard.'),
    problems: ['not_found'],
  },
  {
    ...{ ...inSession, method: 'get', path: `${dashboard}/widgets/{widget}`, id: 'readWidget' },
    summary: 'A widget of a dashboard.',
    answer: json('The widget.'),
    problems: ['not_found'],
  },
  {
    ...{ ...inSession, method: 'post', path: `${dashboard}/data`, id: 'queryDashboard' },
    summary: 'The rows of all widgets, each as soon as it is ready.',
    body: dataBody,
    answer: {
      status: 200,
      description: 'A line for each widget; one that failed has `error`.',
      type: 'application/x-ndjson',
    },
    problems: ['not_found', 'ability_missing'],
  },
  {
    ...{ ...inSession, method: 'post', path: `${dashboard}/export`, id: 'exportDashboard' },
    summary: 'A dashboard or a widget as a file.',
    body: exportBody,
    answer: { status: 200, description: 'The file.', type: 'application/octet-stream' },
    problems: [...query, 'export_failed'],
  },
  {
    ...{ ...inSession, method: 'post', path: `${source}/jaql`, id: 'runQuery' },
    summary: 'Run a JAQL query.',
    body: jaqlBody,
    answer: json('Headers, rows, and totals where the query asks for them.'),
    problems: query,
  },
  {
    ...{ ...inSession, method: 'post', path: `${source}/jaql/csv`, id: 'runQueryAsCsv' },
    summary: 'Run a JAQL query and export its rows.',
    body: jaqlBody,
    answer: { status: 200, description: 'The rows.', type: 'text/csv' },
    problems: query,
  },
  {
    ...{ ...inSession, method: 'post', path: `${source}/cancel_queries`, id: 'cancelQueries' },
    summary: 'Stop queries of this session by their `queryGuid`.',
    body: cancelBody,
    answer: { status: 204, description: 'Done.' },
    problems: ['not_found'],
  },
  {
    ...{ ...inSession, method: 'post', path: `${source}/fields/search`, id: 'searchFields' },
    summary: 'The columns of a data source.',
    body: fieldsBody,
    answer: json('Columns.'),
    problems: ['not_found'],
  },
  {
    ...{ ...inSession, method: 'post', path: `${source}/members`, id: 'listMembers' },
    summary: 'The members that a filter on a field offers.',
    body: membersBody,
    answer: json('Members.'),
    problems: query,
  },
  {
    ...{ ...inSession, method: 'get', path: '/api/v1/themes/{oid}', id: 'readTheme' },
    summary: 'The values of a theme.',
    answer: json('The theme.'),
    problems: ['not_found'],
  },
];
