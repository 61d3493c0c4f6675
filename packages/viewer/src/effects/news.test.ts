import { describe, expect, it } from 'vitest';
import type { ViewerEvent } from './effect-context.ts';
import { News } from './news.ts';

const session = { type: 'session' } as ViewerEvent;
const loaded: ViewerEvent = { type: 'loaded', dashboard: { oid: 'd', title: '' } };
const rows: ViewerEvent = { type: 'widgetLoaded', widget: { oid: 'w', title: '' } };
const error: ViewerEvent = { type: 'error', code: 'network_down', message: '' };

describe('News', () => {
  it('tells of the session before all that came in its wake, of errors at once', () => {
    const told: string[] = [];
    const news = new News(({ type }) => told.push(type));
    news.awaitSession();
    for (const event of [rows, loaded, error, session, rows]) news.tell(event);
    expect(told).toEqual(['error', 'session', 'widgetLoaded', 'loaded', 'widgetLoaded']);
  });

  it('waits again for each new session', () => {
    const told: string[] = [];
    const news = new News(({ type }) => told.push(type));
    for (const event of [session, loaded]) news.tell(event);
    news.awaitSession();
    news.tell(rows);
    expect(told).toEqual(['session', 'loaded']);
    news.tell(session);
    expect(told).toEqual(['session', 'loaded', 'session', 'widgetLoaded']);
  });
});
