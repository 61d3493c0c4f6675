import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { dataOf, rowsOf, widgets } from '../../test/ask.ts';
import { startService, type TestService } from '../../test/start-service.ts';

const start = Date.UTC(2024, 0, 1);
const minute = 60_000;
let now = start + 30_000;
let service: TestService;
beforeAll(async () => {
  // A minute passes with each look at the clock, and each minute has a row that holds its number.
  const clock = () => {
    now += minute;
    return now;
  };
  const rows = Array.from({ length: 600 }, (_, nth) => {
    const moment = new Date(start + nth * minute).toISOString().slice(0, 19).replace('T', ' ');
    return `acme,${nth % 2 === 0 ? 'North' : 'South'},Chair,${moment},${nth}`;
  });
  service = await startService({ clock }, async (content) => {
    await content.write('data/sales.csv', `tenant,region,product,day,amount\n${rows.join('\n')}\n`);
    await content.edit('dashboards/sales.yaml', (text) =>
      text
        .replace('level: days', 'level: minutes')
        .replace(/filter: \{ from: .*/, 'filter: { last: { count: 1, offset: 0 } },'),
    );
  });
});
afterAll(() => service.stop());

it(verifies('DATA-1 VIEW-1', 'has one now for all widgets of a refresh'), async () => {
  const headers = await service.open({ sub: 'acme-reader' });
  const before = Math.floor((now - start) / minute);
  for (let refresh = 0; refresh < 3; refresh += 1) {
    const lines = await dataOf(service, headers);
    const minutes = [widgets.amount, widgets.byRegion, widgets.products].map(
      (widget) => rowsOf(lines.get(widget))[0]?.at(-1) as number,
    );
    expect(new Set(minutes).size).toBe(1);
    expect(minutes[0]).toBeGreaterThan(before + refresh);
  }
});
