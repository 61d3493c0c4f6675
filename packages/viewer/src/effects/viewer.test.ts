import {
  type Dashboard,
  lightTheme,
  type ViewCascade,
  type ViewItem,
  viewLevels,
} from '@vitrine/charts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { enUS } from '../i18n/en-US.ts';
import { translatorOf } from '../i18n/translate.ts';
import { initialState } from '../store/state.ts';
import { Store } from '../store/store.ts';
import { ViewerError } from '../viewer-error.ts';
import type { ViewerEvent } from './effect-context.ts';
import { Viewer } from './viewer.ts';

const widget = {
  oid: 'w1',
  type: 'bar',
  title: 'W',
  dataSource: 'S',
  layout: { columns: 6, rows: 4 },
  metadata: [],
} as const;
const locked: ViewItem = { jaql: { dim: '[T.L]', filter: { members: ['a'] } }, locked: true };
const dashboard: Dashboard = {
  oid: 'd1',
  title: 'One',
  dataSource: 'S',
  filters: [locked],
  widgets: [widget],
};
const item = (dim: string, ...members: string[]): ViewItem => ({
  jaql: { dim, filter: { members } },
});
const panes = { header: false, toolbar: false, left: false, right: false };

let abilities: { filter: boolean; export: boolean };
let spoken: string;
let bodies: unknown[];
let asked: object[];
let offered: readonly string[] | undefined;
let line: object;
let status: number;
let told: ViewerEvent[];
let store: Store;
let viewer: Viewer;

const problem = (code: string, httpStatus: number) =>
  new Response(JSON.stringify({ code }), { status: httpStatus });

function answer(path: string, init: RequestInit): Response {
  if (path.endsWith('/sessionToken'))
    return Response.json({ webSessionToken: 's', initialiser: 'i' });
  if (status !== 200) return problem('session_ended', status);
  if (path.endsWith('/session')) {
    const headers = new Headers(init.headers);
    const wish = (name: string, own: string) => headers.get(name)?.replace('none', own);
    const theme = { oid: wish('embed-theme', 'own') ?? 't', source: 'system' };
    const language = wish('embed-language', spoken) ?? spoken;
    return Response.json({
      user: { id: 'u', name: 'U' },
      abilities,
      language,
      locale: language,
      timeZone: 'UTC',
      theme,
      dashboards: [{ oid: 'd1', title: 'One' }],
    });
  }
  if (path.endsWith('/members')) {
    asked.push(JSON.parse(String(init.body)));
    return offered ? Response.json({ members: offered }) : problem('query_failed', 500);
  }
  if (path.endsWith('/data')) {
    bodies.push(JSON.parse(String(init.body)));
    return new Response(`${JSON.stringify(line)}\n`);
  }
  if (path.includes('/themes/'))
    return Response.json({ ...lightTheme, oid: path.split('/').at(-1) });
  if (path.endsWith('/dashboards/d1')) return Response.json(dashboard);
  return problem('not_found', 404);
}

beforeEach(async () => {
  abilities = { filter: true, export: true };
  spoken = 'en-US';
  bodies = [];
  asked = [];
  offered = [];
  told = [];
  status = 200;
  line = { widget: 'w1', headers: [], values: [[]], metadata: [], truncated: false };
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => answer(path, init));
  store = new Store(initialState(translatorOf(enUS, 'en-US'), 'en-US'));
  viewer = new Viewer({ store, timeZone: 'UTC', tell: (event) => told.push(event) });
});
afterEach(() => vi.unstubAllGlobals());

const open = () => viewer.open({ wat: 'a.b.c.d.e', dashboard: 'd1', embedded: true, panes });

describe('Viewer', () => {
  it('opens a dashboard with one request for its rows, and tells of it in order', async () => {
    await open();
    expect(bodies).toEqual([{}]);
    expect(told.map(({ type }) => type).filter((type) => type !== 'error')).toEqual(
      expect.arrayContaining(['session', 'loaded', 'widgetLoaded']),
    );
    expect(told[0]?.type).toBe('session');
    expect(store.state.widgets.w1?.status).toBe('ready');
  });

  it(verifies('TOK-12 VIEW-4', 'tells of a session once its language and theme show'), async () => {
    spoken = 'de-DE';
    let shown: unknown[] = [];
    const tell = ({ type }: ViewerEvent) => {
      if (type === 'session') shown = [store.state.language, store.state.theme?.oid];
    };
    viewer = new Viewer({ store, timeZone: 'UTC', tell });
    await open();
    expect(shown).toEqual(['de-DE', 't']);
  });

  describe('with a cascading filter', () => {
    const cascade = (land: string[], city: string[]): ViewCascade => ({
      isCascading: true,
      levels: [
        { dim: '[T.Land]', filter: { members: land } },
        { dim: '[T.City]', filter: { members: city } },
      ],
    });
    const chosen = () =>
      viewer
        .filters()
        .flatMap(viewLevels)
        .slice(1)
        .map(({ jaql }) => jaql.filter);
    const choose = (land: string) =>
      viewer.setLevel({ cascade: cascade(['X'], ['a', 'b']), index: 0 }, { members: [land] });

    it('keeps below a level what is still offered, and asks under the new choice', async () => {
      await open();
      offered = ['b', 'c'];
      await choose('Y');
      expect(asked).toMatchObject([
        {
          dim: '[T.City]',
          dashboard: 'd1',
          filters: [
            { jaql: { dim: '[T.Land]', filter: { members: ['Y'] } } },
            { jaql: { dim: '[T.City]', filter: { members: ['a', 'b'] } } },
          ],
        },
      ]);
      expect(chosen()).toEqual([{ members: ['Y'] }, { members: ['b'] }]);
    });

    it.each([[[]], [undefined]])('lets go of it where %j is offered', async (members) => {
      await open();
      offered = members;
      await choose('Y');
      expect(chosen()).toEqual([{ members: ['Y'] }, { all: true }]);
    });

    it('takes the last of two choices, and none without the ability', async () => {
      await open();
      await Promise.all([choose('Y'), choose('Z')]);
      expect(chosen()[0]).toEqual({ members: ['Z'] });
      abilities = { filter: false, export: true };
      await open();
      const before = viewer.filters();
      await choose('Q');
      expect(viewer.filters()).toEqual(before);
    });
  });

  it(
    verifies('EMB-3', 'sends changes only, replaces by dimension and leaves a locked filter alone'),
    async () => {
      await open();
      await viewer.applyFilters([item('[T.C]', 'x')]);
      await viewer.applyFilters([item('[T.C]', 'y'), item('[T.L]', 'b')]);
      expect(bodies.at(-1)).toMatchObject({ filters: [item('[T.C]', 'y'), item('[T.L]', 'b')] });
      expect(
        viewer
          .filters()
          .flatMap(viewLevels)
          .map(({ jaql }) => jaql.filter),
      ).toEqual([{ members: ['a'] }, { members: ['y'] }]);
      expect(told.at(-1)?.type).toBe('widgetLoaded');
    },
  );

  it(
    verifies('TOK-11 EMB-2', 'changes no filter and exports nothing without the abilities'),
    async () => {
      abilities = { filter: false, export: false };
      await open();
      await expect(viewer.applyFilters([item('[T.C]', 'x')])).rejects.toMatchObject({
        code: 'ability_missing',
      });
      await expect(viewer.export({ format: 'csv' })).rejects.toMatchObject({
        code: 'ability_missing',
      });
      viewer.setFilter(item('[T.C]', 'x'));
      viewer.toggleMember({ item: item('[T.C]'), member: 'x', adds: false });
      viewer.clearFilter('[T.L]|');
      viewer.resetFilters();
      expect(store.state.changes).toEqual({});
      expect(bodies).toEqual([{}]);
    },
  );

  it('takes back filters that the service does not know', async () => {
    await open();
    line = { widget: 'w1', error: { code: 'query_invalid', detail: '' } };
    await expect(viewer.applyFilters([item('[No.Such]', 'x')])).rejects.toBeInstanceOf(ViewerError);
    expect(store.state.changes.d1).toEqual([]);
  });

  it(
    verifies(
      'EMB-7',
      'says when the session is over, and goes on with another token and the same filters',
    ),
    async () => {
      await open();
      await viewer.applyFilters([item('[T.C]', 'x')]);
      status = 401;
      viewer.loadMembers({ item: item('[T.C]') });
      await vi.waitFor(() => expect(store.state.failure).toBe('session_ended'));
      expect(told.at(-1)).toMatchObject({ type: 'error', code: 'session_ended' });
      status = 200;
      await viewer.renew('f.g.h.i.j');
      expect(store.state.failure).toBeUndefined();
      expect(bodies.at(-1)).toMatchObject({ filters: [item('[T.C]', 'x')] });
    },
  );

  it(
    verifies('EMB-6 EMB-1', 'follows the theme of the page, and null back to that of the session'),
    async () => {
      await viewer.open({
        wat: 'a.b.c.d.e',
        dashboard: 'd1',
        theme: 'host',
        embedded: true,
        panes,
      });
      await viewer.wish({ theme: 'other' });
      expect(store.state.theme?.oid).toBe('other');
      await viewer.wish({ theme: null });
      expect(store.state.theme?.oid).toBe('own');
      expect(told.findLast(({ type }) => type === 'session')).toMatchObject({
        session: { theme: { oid: 'own' } },
      });
    },
  );

  it(
    verifies('EMB-1 TOK-12', 'asks for its rows again where another language has other formats'),
    async () => {
      await open();
      await viewer.wish({ language: 'de' });
      expect(store.state).toMatchObject({ language: 'de-DE', session: { locale: 'de-DE' } });
      expect(bodies).toHaveLength(2);
      await viewer.wish({ theme: 'other' });
      expect(bodies).toHaveLength(2);
      expect(store.state.language).toBe('de-DE');
    },
  );

  it('asks for no rows where a filter that was added lets everything through', async () => {
    await open();
    viewer.setFilter({ jaql: { dim: '[T.N]', filter: { all: true } } });
    expect(viewer.filters()).toHaveLength(2);
    expect(told.at(-1)?.type).toBe('filtersChanged');
    expect(bodies).toHaveLength(1);
    viewer.clearFilter('[T.N]|');
    expect(viewer.filters()).toEqual([locked]);
    expect(bodies).toHaveLength(1);
  });

  it('takes the last of several wishes', async () => {
    await open();
    await Promise.all(['a', 'b', 'c'].map((theme) => viewer.wish({ theme })));
    expect(store.state.theme?.oid).toBe('c');
  });

  it('goes on without filters where the new session does not grant them', async () => {
    await open();
    await viewer.applyFilters([item('[T.C]', 'x')]);
    abilities = { filter: false, export: false };
    await viewer.renew('f.g.h.i.j');
    expect(bodies.at(-1)).toEqual({});
    expect(viewer.filters()).toEqual([locked]);
  });

  it.each([
    ['fails', () => problem('server_error', 500), 'server_error'],
    ['ends without rows of a widget', () => new Response(''), 'query_failed'],
  ])(
    verifies(
      'OPS-4 VIEW-1',
      'says so in the widget where the request for rows %s before the dashboard is there',
    ),
    async (_how, rows, code) => {
      let isAnswered = false;
      vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
        if (path.endsWith('/dashboards/d1')) await vi.waitFor(() => expect(isAnswered).toBe(true));
        if (!path.endsWith('/data')) return answer(path, init);
        isAnswered = true;
        return rows();
      });
      await open();
      expect(store.state.phase).toBe('open');
      expect(store.state.widgets).toEqual({ w1: { status: 'error', code } });
      const errors = told.filter(({ type }) => type === 'error');
      expect(errors).toMatchObject(code === 'server_error' ? [{ code }] : []);
      vi.stubGlobal('fetch', async (path: string, init: RequestInit) => answer(path, init));
      viewer.retryWidget('w1');
      await vi.waitFor(() => expect(store.state.widgets.w1?.status).toBe('ready'));
    },
  );

  it(
    verifies(
      'SES-1 OPS-4',
      'tries a dashboard again in the session it has, and another session where that is over',
    ),
    async () => {
      let exchanges = 0;
      let failing: Response | undefined = problem('server_error', 500);
      vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
        if (path.endsWith('/sessionToken')) exchanges += 1;
        const refusal = path.endsWith('/dashboards/d1') ? failing : undefined;
        if (refusal) failing = undefined;
        return refusal ?? answer(path, init);
      });
      await open();
      expect(store.state).toMatchObject({ phase: 'failed', failure: 'server_error' });
      await viewer.retry();
      expect(store.state).toMatchObject({ phase: 'open', dashboard: { oid: 'd1' } });
      expect(store.state.widgets.w1?.status).toBe('ready');
      expect(exchanges).toBe(1);
      failing = problem('session_ended', 401);
      await viewer.openDashboard('d1').catch(() => undefined);
      await viewer.retry();
      expect(store.state).toMatchObject({ phase: 'open', dashboard: { oid: 'd1' } });
      expect(exchanges).toBe(2);
    },
  );

  it('asks again for what the first request for rows still owed when one widget is tried again', async () => {
    const two = { ...dashboard, widgets: [widget, { ...widget, oid: 'w2' }] };
    const failed = { widget: 'w1', error: { code: 'query_failed', detail: '', title: '' } };
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      if (path.endsWith('/dashboards/d1')) return Response.json(two);
      if (!path.endsWith('/data')) return answer(path, init);
      bodies.push(JSON.parse(String(init.body)));
      const { signal } = init;
      const rows = new ReadableStream({
        start(stream) {
          stream.enqueue(new TextEncoder().encode(`${JSON.stringify(failed)}\n`));
          signal?.addEventListener('abort', () => stream.error(signal.reason));
        },
      });
      return new Response(rows);
    });
    void open();
    await vi.waitFor(() => {
      expect(store.state.dashboard).toBeDefined();
      expect(store.state.widgets.w1?.status).toBe('error');
    });
    viewer.retryWidget('w1');
    await vi.waitFor(() => expect(bodies).toEqual([{}, { widgets: ['w1', 'w2'] }]));
  });

  it(
    verifies('OPS-4', 'tries all widgets again that failed alike, as those of one request do'),
    async () => {
      const codes = { w1: 'server_error', w2: 'server_error', w3: 'query_timeout' } as const;
      const widgets = ['w1', 'w2', 'w3', 'w4'].map((oid) => ({ ...widget, oid }));
      vi.stubGlobal('fetch', async (path: string, init: RequestInit) =>
        path.endsWith('/dashboards/d1')
          ? Response.json({ ...dashboard, widgets })
          : answer(path, init),
      );
      line = { ...line, widget: 'w4' };
      await open();
      bodies = [];
      const { refresh } = store.state;
      for (const [oid, code] of Object.entries(codes))
        store.dispatch({ type: 'widget-failed', refresh, widget: oid, code });
      viewer.retryWidget('w4');
      viewer.retryWidget('w2');
      await vi.waitFor(() => expect(bodies).toEqual([{ widgets: ['w1', 'w2'] }]));
    },
  );

  it('fails with the code of the service, or with network_down where there is none', async () => {
    vi.stubGlobal('fetch', async () => problem('token_expired', 401));
    await open();
    expect(store.state).toMatchObject({ phase: 'failed', failure: 'token_expired' });
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no route')));
    await open();
    expect(store.state.failure).toBe('network_down');
    vi.stubGlobal('fetch', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await open();
    expect(store.state.failure).toBe('server_error');
  });
});
