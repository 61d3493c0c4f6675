import type { Operation } from '@vitrine/token-service';

const main = '/wat/{token}/app/main';
const page = { status: 200, description: 'The page.', type: 'text/html' } as const;
const forAnybody = { method: 'get', tag: 'pages', access: 'anybody' } as const;

/** The viewer's pages. They open no session. */
export const pageOperations: readonly Operation[] = [
  {
    ...{ ...forAnybody, path: main, id: 'openLink', answer: page },
    summary: 'The page of a link; the route may stand behind a hash.',
    problems: ['not_found', 'destination_refused'],
  },
  {
    ...{ ...forAnybody, path: `${main}/dashboards/{oid}`, id: 'openDashboardLink', answer: page },
    summary: 'The page of a link to a dashboard.',
    problems: ['not_found', 'destination_refused'],
  },
  {
    ...{ ...forAnybody, path: `${main}/dashboards/{oid}/widgets/{widget}`, answer: page },
    id: 'openWidgetLink',
    summary: 'The page of a link to a widget.',
    problems: ['not_found', 'destination_refused'],
  },
  {
    ...{ ...forAnybody, path: '/embed/{kid}', id: 'openFrame', answer: page },
    summary: 'The page in the frame of the SDK, without a token.',
    problems: ['not_found', 'destination_refused'],
  },
  {
    ...{ ...forAnybody, path: '/embed.js', id: 'loadElement' },
    summary: 'The element for host pages.',
    answer: { status: 200, description: 'The script.', type: 'text/javascript' },
    problems: ['not_found'],
  },
];
