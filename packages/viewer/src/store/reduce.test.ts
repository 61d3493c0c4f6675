import {
  type Dashboard,
  lightTheme,
  type QueryResult,
  type Session,
  type ViewItem,
} from '@vitrine/charts';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { enUS } from '../i18n/en-US.ts';
import { translatorOf } from '../i18n/translate.ts';
import type { Action } from './actions.ts';
import { reduce } from './reduce.ts';
import { changesOf, colorsOf, filtersOf, widgetsOf } from './selectors.ts';
import { initialState, type ViewerState } from './state.ts';
import { Store } from './store.ts';

const t = translatorOf(enUS, 'en-US');
const start = initialState(t, 'en-US');
const after = (...actions: Action[]) => actions.reduce(reduce, start);
const rows = (text: string): QueryResult => ({
  headers: ['A'],
  values: [[{ data: text, text }]],
  metadata: [],
  truncated: false,
});
const none: QueryResult = { headers: ['A'], values: [], metadata: [], truncated: false };
const item: ViewItem = { jaql: { dim: '[T.C]', filter: { members: ['x'] } } };
const dashboard: Dashboard = {
  oid: 'd1',
  title: 'One',
  dataSource: 'S',
  filters: [],
  widgets: [
    {
      oid: 'w1',
      type: 'bar',
      title: '',
      dataSource: 'S',
      layout: { columns: 6, rows: 4 },
      metadata: [],
    },
    {
      oid: 'w2',
      type: 'pie',
      title: '',
      dataSource: 'S',
      layout: { columns: 6, rows: 4 },
      metadata: [],
    },
  ],
};
const asked: Action = { type: 'dashboard-asked', dashboard: 'd1', widget: undefined };
const arrived: Action = { type: 'dashboard-arrived', dashboard };
const started = (refresh: number): Action => ({
  type: 'refresh-started',
  refresh,
  widgets: ['w1', 'w2'],
});

const sizes = (...members: string[]): QueryResult => ({
  ...none,
  values: members.map((text) => [
    { data: text, text },
    { data: 1, text: '1' },
  ]),
  metadata: [{ jaql: { dim: '[T.Size]' } }, { jaql: { dim: '[T.Count]', agg: 'sum' } }],
});

describe('colours of members', () => {
  const open: readonly Action[] = [
    { type: 'session-opened', session: { locale: 'en-US' } as Session },
    { type: 'theme-changed', theme: lightTheme },
    asked,
    arrived,
  ];
  const arrive = (refresh: number, ...members: string[]): readonly Action[] => [
    started(refresh),
    { type: 'widget-arrived', refresh, widget: 'w2', result: sizes(...members) },
  ];
  const placeOf = (state: ViewerState, member: string) =>
    colorsOf(state)['[T.Size]|']?.[`string:${member}`];

  it('stay when a filter leaves others out, and when it lets them in again', () => {
    const all = arrive(1, 'Large', 'Medium', 'Small');
    expect(placeOf(after(...open, ...all), 'Small')).toBe(2);
    expect(placeOf(after(...open, ...all, ...arrive(2, 'Small')), 'Small')).toBe(2);
    const again = after(...open, ...all, ...arrive(2, 'Small'), ...arrive(3, 'Small', 'Large'));
    expect([placeOf(again, 'Small'), placeOf(again, 'Large')]).toEqual([2, 0]);
  });

  it('begin anew with another dashboard', () => {
    const left = after(...open, ...arrive(1, 'Large', 'Small'), { ...asked, dashboard: 'd2' });
    expect(left.colors).toEqual({});
  });
});

describe('reduce', () => {
  it('shows skeletons first, then each widget as it comes, empty or not', () => {
    const state = after(asked, arrived, started(1), {
      type: 'widget-arrived',
      refresh: 1,
      widget: 'w2',
      result: none,
    });
    expect(state.widgets.w1).toEqual({ status: 'loading' });
    expect(state.widgets.w2).toMatchObject({ status: 'empty', stale: false });
  });

  it('keeps rows on the screen during a refresh and drops answers of the one before', () => {
    const state = after(
      asked,
      arrived,
      started(1),
      { type: 'widget-arrived', refresh: 1, widget: 'w1', result: rows('old') },
      started(2),
      { type: 'widget-arrived', refresh: 1, widget: 'w2', result: rows('late') },
    );
    expect(state.widgets.w1).toMatchObject({ status: 'ready', stale: true, result: rows('old') });
    expect(state.widgets.w2).toEqual({ status: 'loading' });
    const done = reduce(state, {
      type: 'widget-arrived',
      refresh: 2,
      widget: 'w1',
      result: rows('new'),
    });
    expect(done.widgets.w1).toMatchObject({ stale: false, result: rows('new') });
  });

  it('fails only the widgets still awaited when a refresh breaks off', () => {
    const state = after(
      asked,
      started(1),
      { type: 'widget-arrived', refresh: 1, widget: 'w1', result: rows('x') },
      { type: 'refresh-failed', refresh: 1, code: 'network_down' },
    );
    expect(state.widgets.w1?.status).toBe('ready');
    expect(state.widgets.w2).toEqual({ status: 'error', code: 'network_down' });
    expect(reduce(state, { type: 'refresh-failed', refresh: 0, code: 'network_down' })).toBe(state);
  });

  it('drops a dashboard that is no longer the one asked for', () => {
    const state = after(
      asked,
      { type: 'dashboard-asked', dashboard: 'd2', widget: undefined },
      arrived,
    );
    expect(state.dashboard).toBeUndefined();
  });

  it(
    verifies(
      'LNK-5 VIEW-2',
      'keeps the changes of each dashboard apart and over a visit elsewhere',
    ),
    () => {
      const state = after(
        asked,
        arrived,
        { type: 'changes-made', dashboard: 'd1', changes: [item] },
        { type: 'dashboard-asked', dashboard: 'd2', widget: undefined },
      );
      expect(changesOf(state)).toEqual([]);
      expect(state.widgets).toEqual({});
      const back = [asked, arrived].reduce(reduce, state);
      expect(changesOf(back)).toEqual([item]);
      expect(filtersOf(back)).toEqual([item]);
    },
  );

  it(verifies('LNK-1', 'shows the one widget a link names'), () => {
    const state = after({ type: 'dashboard-asked', dashboard: 'd1', widget: 'w2' }, arrived);
    expect(widgetsOf(state).map(({ oid }) => oid)).toEqual(['w2']);
    expect(widgetsOf(reduce(state, asked))).toHaveLength(2);
  });

  it('keeps content and filters when the session is lost, and goes on with a new one', () => {
    const lost = after(
      asked,
      arrived,
      { type: 'changes-made', dashboard: 'd1', changes: [item] },
      {
        type: 'session-lost',
        code: 'session_ended',
      },
    );
    expect(lost).toMatchObject({ failure: 'session_ended', dashboard });
    const session = { abilities: { filter: true, export: true } } as ViewerState['session'] &
      object;
    const renewed = reduce(lost, { type: 'session-opened', session });
    expect('failure' in renewed).toBe(false);
    expect(changesOf(renewed)).toEqual([item]);
  });

  it('drops members for a search that has changed since, and appends a next page', () => {
    const answer = (text: string, more: boolean) => ({ members: [{ data: text, text }], more });
    const state = after(
      { type: 'members-asked', key: 'k', term: 'a', again: true },
      { type: 'members-asked', key: 'k', term: 'ab', again: true },
      { type: 'members-arrived', key: 'k', term: 'a', answer: answer('stale', false) },
      { type: 'members-arrived', key: 'k', term: 'ab', answer: answer('abc', true) },
      { type: 'members-asked', key: 'k', term: 'ab', again: false },
      { type: 'members-arrived', key: 'k', term: 'ab', answer: answer('abd', false) },
    );
    expect(state.members.k?.members.map(({ text }) => text)).toEqual(['abc', 'abd']);
    expect(state.members.k?.more).toBe(false);
  });

  it('changes no state it was given', () => {
    const frozen = Object.freeze(after(asked, arrived, started(1)));
    reduce(frozen, { type: 'widget-failed', refresh: 1, widget: 'w1', code: 'query_failed' });
    expect(frozen.widgets.w1).toEqual({ status: 'loading' });
  });
});

describe('Store', () => {
  it('tells its listeners about changes, and only about changes', () => {
    const store = new Store(start);
    let calls = 0;
    const stop = store.subscribe(() => {
      calls += 1;
    });
    store.dispatch(asked);
    store.dispatch({ type: 'widget-failed', refresh: 9, widget: 'w1', code: 'query_failed' });
    stop();
    store.dispatch(arrived);
    expect(calls).toBe(1);
  });
});
