import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { isHostMessage } from './host-messages.ts';
import { maxTokenLength } from './shared.ts';

const withProto = (text: string): unknown => JSON.parse(text);
const init = { type: 'init', wat: 'a.b.c.d.e', settings: {} };
const call = (action: string, args?: unknown) => ({ type: 'call', id: 1, action, args });
const filter = { jaql: { dim: '[Commerce.Country]', filter: { members: ['Chile'] } } };

const good: Record<string, unknown> = {
  'init with a token alone': init,
  'init with everything': {
    ...init,
    dashboard: '65f0a1b2c3d4e5f6a7b8c9d0',
    widget: '65f0a1b2c3d4e5f6a7b8c9d1',
    theme: 'night',
    language: 'pt-BR',
    settings: { showHeader: true, showToolbar: false, showLeftPane: true, showRightPane: true },
  },
  'init with the longest token': { ...init, wat: 'a'.repeat(maxTokenLength) },
  'set of nothing': { type: 'set' },
  'set that takes back': { type: 'set', widget: null, theme: null, language: null },
  'set of settings': { type: 'set', settings: { showHeader: false } },
  wat: { type: 'wat', wat: 'x' },
  applyFilters: call('applyFilters', { filters: [filter] }),
  'applyFilters of none': call('applyFilters', { filters: [] }),
  export: call('export', { format: 'pdf' }),
  'export of a widget': call('export', { format: 'csv', widget: 'w1' }),
  getFilters: call('getFilters', {}),
  openDashboard: call('openDashboard', { oid: 'd1' }),
  'a blocked action': call('share'),
};

const bad: Record<string, unknown> = {
  nothing: undefined,
  null: null,
  text: 'init',
  'an array': [init],
  'an unknown type': { type: 'inti', wat: 'x', settings: {} },
  'a type of Object.prototype': { type: 'constructor' },
  'a type that is no text': { type: ['init'], wat: 'x', settings: {} },
  'init without token': { type: 'init', settings: {} },
  'init with an empty token': { ...init, wat: '' },
  'init with too long a token': { ...init, wat: 'a'.repeat(maxTokenLength + 1) },
  'init with a token object': { ...init, wat: { length: 3 } },
  'init without settings': { type: 'init', wat: 'x' },
  'init with an unknown field': { ...init, evil: 1 },
  'init with a null theme': { ...init, theme: null },
  'a dashboard that walks a path': { ...init, dashboard: '../admin' },
  'a dashboard with a dot': { ...init, dashboard: 'a.b' },
  'a dashboard of 65 characters': { ...init, dashboard: 'a'.repeat(65) },
  'a language that is a sentence': { ...init, language: 'en US' },
  'a setting that is text': { ...init, settings: { showHeader: 'true' } },
  'an unknown setting': { ...init, settings: { showAdmin: true } },
  'settings of a class': { ...init, settings: new Map() },
  'settings that are an array': { ...init, settings: [] },
  '__proto__ at the top': withProto('{"type":"set","__proto__":{"wat":"x"}}'),
  '__proto__ in settings': withProto('{"type":"set","settings":{"__proto__":{}}}'),
  '__proto__ in a filter': withProto(
    '{"type":"call","id":1,"action":"applyFilters","args":{"filters":[{"jaql":{"__proto__":{}}}]}}',
  ),
  '__proto__ in arguments': withProto(
    '{"type":"call","id":1,"action":"getFilters","args":{"__proto__":{}}}',
  ),
  'a call without id': { type: 'call', action: 'getFilters', args: {} },
  'a call with id NaN': { ...call('getFilters', {}), id: Number.NaN },
  'a call with a negative id': { ...call('getFilters', {}), id: -1 },
  'an unknown action': call('dropTables', {}),
  'an action of Object.prototype': call('toString', {}),
  'filters that are no list': call('applyFilters', { filters: filter }),
  'a filter without jaql': call('applyFilters', { filters: [{ dim: 'x' }] }),
  'a filter whose jaql is a list': call('applyFilters', { filters: [{ jaql: [] }] }),
  '501 filters': call('applyFilters', { filters: Array.from({ length: 501 }, () => filter) }),
  'filters with a hole': call('applyFilters', { filters: Object.assign(Array(2), { 1: filter }) }),
  'filters heavier than the limit': call('applyFilters', {
    filters: [{ jaql: { filter: { members: ['x'.repeat(1_048_576)] } } }],
  }),
  'filters deeper than the limit': call('applyFilters', {
    filters: [{ jaql: { filter: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) } }],
  }),
  'a filter with a function': call('applyFilters', { filters: [{ jaql: { f: () => 1 } }] }),
  'a filter with a bigint': call('applyFilters', { filters: [{ jaql: { f: 1n } }] }),
  'a filter with a date': call('applyFilters', { filters: [{ jaql: { f: new Date(0) } }] }),
  'a filter with Infinity': call('applyFilters', { filters: [{ jaql: { f: 1 / 0 } }] }),
  'an export of another format': call('export', { format: 'exe' }),
  'an export of a strange widget': call('export', { format: 'pdf', widget: '../x' }),
  'getFilters with arguments': call('getFilters', { all: true }),
  'openDashboard without oid': call('openDashboard', {}),
  'a blocked action with heavy arguments': call('share', 'x'.repeat(1_048_576)),
};

describe('isHostMessage', () => {
  it.each(Object.entries(good))('takes %s', (_name, value) => {
    expect(isHostMessage(structuredClone(value))).toBe(true);
  });

  it.each(Object.entries(bad))(verifies('G-2', 'refuses %s'), (_name, value) => {
    expect(isHostMessage(value)).toBe(false);
  });

  it(verifies('G-2', 'survives data that refers to itself'), () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(isHostMessage(call('applyFilters', { filters: [{ jaql: loop }] }))).toBe(false);
  });
});
