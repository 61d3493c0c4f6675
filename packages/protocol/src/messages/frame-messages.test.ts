import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { curedByNewToken, isFrameMessage } from './frame-messages.ts';

const dashboard = { oid: '65f0a1b2c3d4e5f6a7b8c9d0', title: 'Sales' };
const session = {
  user: { id: 'ann', name: '' },
  abilities: { filter: true, export: false },
  language: 'en-US',
  locale: 'de-DE',
  timeZone: 'Europe/Berlin',
  theme: { oid: 'night', source: 'token' },
  dashboards: [dashboard],
};

const good: Record<string, unknown> = {
  ready: { type: 'ready' },
  session: { type: 'session', session },
  loaded: { type: 'loaded', dashboard },
  resize: { type: 'resize', height: 812.5 },
  filtersChanged: { type: 'filtersChanged', filters: [{ jaql: { dim: '[A.B]' }, locked: true }] },
  widgetLoaded: { type: 'widgetLoaded', widget: dashboard },
  exportDone: { type: 'exportDone', format: 'png', fileName: 'a.png' },
  error: { type: 'error', code: 'token_expired', message: 'The token has expired.' },
  'a result': { type: 'result', id: 1, ok: true },
  'a result with a value': { type: 'result', id: 1, ok: true, value: [] },
  'a refusal': { type: 'result', id: 1, ok: false, error: { code: 'x', message: '' } },
};

const bad: Record<string, unknown> = {
  'ready with more': { type: 'ready', wat: 'x' },
  'session without abilities': { type: 'session', session: { ...session, abilities: {} } },
  'session with a strange source': {
    type: 'session',
    session: { ...session, theme: { oid: 'a', source: 'host' } },
  },
  'session with 10,001 dashboards': {
    type: 'session',
    session: { ...session, dashboards: Array.from({ length: 10_001 }, () => dashboard) },
  },
  'loaded without title': { type: 'loaded', dashboard: { oid: 'a' } },
  'loaded with a title object': { type: 'loaded', dashboard: { oid: 'a', title: {} } },
  'a negative height': { type: 'resize', height: -1 },
  'a height of NaN': { type: 'resize', height: Number.NaN },
  'an endless height': { type: 'resize', height: 1e9 },
  'a height in text': { type: 'resize', height: '800' },
  'filters that are no list': { type: 'filtersChanged', filters: {} },
  'an export of another format': { type: 'exportDone', format: 'exe', fileName: 'a' },
  'an error with a long code': { type: 'error', code: 'x'.repeat(65), message: '' },
  'an error with markup for a code': { type: 'error', code: '<b>', message: '' },
  'an error with a long text': { type: 'error', code: 'x', message: 'x'.repeat(1025) },
  'a result that is neither': { type: 'result', id: 1, ok: 'yes' },
  'a result with both': { type: 'result', id: 1, ok: true, value: 1, error: {} },
  '__proto__ at the top': JSON.parse('{"type":"ready","__proto__":{}}'),
  '__proto__ in a value': JSON.parse('{"type":"result","id":1,"ok":true,"value":{"__proto__":1}}'),
  'a type of Object.prototype': { type: 'toString' },
};

describe('isFrameMessage', () => {
  it.each(Object.entries(good))('takes %s', (_name, value) => {
    expect(isFrameMessage(structuredClone(value))).toBe(true);
  });

  it.each(Object.entries(bad))(verifies('G-2', 'refuses %s'), (_name, value) => {
    expect(isFrameMessage(value)).toBe(false);
  });
});

describe('curedByNewToken', () => {
  it(verifies('EMB-7', 'is true for refusals of the token and of its session'), () => {
    expect(curedByNewToken('token_expired')).toBe(true);
    expect(curedByNewToken('session_ended')).toBe(true);
    expect(curedByNewToken('too_many_sessions')).toBe(false);
    expect(curedByNewToken('server_error')).toBe(false);
  });
});
