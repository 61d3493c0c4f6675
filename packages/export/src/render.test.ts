import {
  type Dashboard,
  darkTheme,
  lightTheme,
  type QueryResult,
  type Widget,
} from '@vitrine/charts';
import { describe, expect, it } from 'vitest';
import { inheritedKeys, inheritedNames } from '../../../test/inherited-keys.ts';
import { verifies } from '../../../test/verifies.ts';
import { renderDashboardPdf, renderWidgetPdf } from './render-pdf.ts';
import { renderDashboardPng, renderWidgetPng } from './render-png.ts';

const now = new Date('2024-05-06T12:00:00Z');
const oid = (index: number) => `670c0000000000000000${String(index).padStart(4, '0')}`;

const result = (members: readonly string[]): QueryResult => ({
  headers: ['Phase', 'Strikes'],
  values: members.map((member, index) => [
    { data: member, text: member },
    { data: index + 1, text: String(index + 1) },
  ]),
  metadata: [
    { jaql: { dim: '[S.Phase]', datatype: 'text', title: 'Phase' }, panel: 'category' },
    {
      jaql: { dim: '[S.Count]', datatype: 'numeric', agg: 'sum', title: 'Strikes' },
      panel: 'value',
    },
  ],
  truncated: false,
});

function sample(
  count: number,
  more: Partial<Widget> = {},
  members: readonly string[] = ['Climb', 'Taxi'],
) {
  const widgets = Array.from(
    { length: count },
    (_none, index): Widget => ({
      oid: oid(index),
      type:
        (['column', 'bar', 'line', 'pie', 'table', 'indicator'] as const)[index % 6] ?? 'column',
      title: 'Strikes',
      dataSource: 'Wildlife Strikes',
      layout: { columns: 6, rows: 5 },
      metadata: [],
      ...more,
    }),
  );
  const dashboard: Dashboard = {
    oid: '670b00000000000000000201',
    title: 'Wildlife strikes',
    dataSource: 'Wildlife Strikes',
    filters: [
      {
        jaql: { dim: '[S.Size]', datatype: 'text', title: 'Size', filter: { members: ['Large'] } },
      },
    ],
    widgets,
  };
  const results = new Map(widgets.map((widget) => [widget.oid, result(members)]));
  return { dashboard, results, theme: lightTheme, locale: 'en-US', now };
}

function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('PNG', () => {
  it(verifies('VIEW-3', 'draws a dashboard at its width and scale'), async () => {
    const png = await renderDashboardPng({ ...sample(4), width: 800, scale: 1 });
    expect(latin1(png.subarray(1, 4))).toBe('PNG');
    expect(sizeOf(png)[0]).toBe(800);
  });

  it(verifies('VIEW-3', 'draws one widget, in the theme'), async () => {
    const { dashboard, results, ...rest } = sample(1);
    const picture = {
      ...rest,
      dashboard,
      widget: oid(0),
      result: results.get(oid(0))!,
      width: 300,
      height: 200,
    };
    const light = await renderWidgetPng(picture);
    expect(sizeOf(light)).toEqual([600, 400]);
    expect(await renderWidgetPng({ ...picture, theme: darkTheme })).not.toEqual(light);
  });

  it('refuses pictures that are too large, and widgets it does not know', async () => {
    await expect(renderDashboardPng({ ...sample(1), width: 9000 })).rejects.toMatchObject({
      code: 'size_limit',
    });
    await expect(
      renderDashboardPng({ ...sample(60), width: 4000, scale: 4 }),
    ).rejects.toMatchObject({ code: 'size_limit' });
    const { dashboard, ...rest } = sample(1);
    const picture = { ...rest, dashboard, widget: oid(7), result: result([]) };
    await expect(renderWidgetPng(picture)).rejects.toMatchObject({ code: 'widget_unknown' });
  });
});

describe('PDF', () => {
  it(verifies('VIEW-3', 'breaks pages between bands of widgets'), async () => {
    const pdf = latin1(await renderDashboardPdf(sample(6)));
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toMatch(/\/Count 3\b/);
    expect(latin1(await renderDashboardPdf(sample(2)))).toMatch(/\/Count 1\b/);
  });

  it(verifies('VIEW-3', 'is vectors and embedded fonts, no pictures'), async () => {
    const pdf = latin1(await renderDashboardPdf(sample(6)));
    expect(pdf).not.toContain('/Subtype /Image');
    expect(pdf).toContain('Inter');
  });

  it('gives the same bytes for the same input', async () => {
    expect(await renderDashboardPdf(sample(3))).toEqual(await renderDashboardPdf(sample(3)));
  });

  it('shrinks a widget that is higher than a page instead of cutting it', async () => {
    const tall = sample(1, { layout: { columns: 12, rows: 20 } });
    expect(latin1(await renderDashboardPdf(tall))).toMatch(/\/Count 1\b/);
  });

  it.each([
    ['ja-JP', '野生動物との衝突', 'BIZUDPGothic'],
    ['ko-KR', '야생 동물 충돌', 'NanumGothic'],
    ['zh-CN', '野生动物撞击', 'NotoSansHans'],
    ['ru-RU', 'Столкновения', 'Inter'],
  ])(verifies('VIEW-3', 'draws %s in a font that has its letters'), async (locale, title, font) => {
    const { dashboard, ...rest } = sample(1, { title }, [title, 'Taxi']);
    const pdf = await renderDashboardPdf({ ...rest, dashboard: { ...dashboard, title }, locale });
    expect(latin1(pdf)).toContain(font);
    await renderDashboardPng({ ...rest, dashboard: { ...dashboard, title }, locale, scale: 1 });
  });

  it('fails clearly for letters it has no font for', async () => {
    await expect(renderDashboardPdf(sample(1, { title: 'طيور' }))).rejects.toMatchObject({
      code: 'font_missing',
    });
  });

  it('draws one widget on one page', async () => {
    const { dashboard, results, ...rest } = sample(1);
    const pdf = await renderWidgetPdf({
      ...rest,
      dashboard,
      widget: oid(0),
      result: results.get(oid(0))!,
    });
    expect(latin1(pdf)).toMatch(/\/Count 1\b/);
  });
});

const hostile = [
  '<image href="http://127.0.0.1:5432/"/><image xlink:href="file:///etc/passwd"/>',
  ']]></text></svg><script>alert(1)</script>',
  '![x](http://169.254.169.254/latest/meta-data/) [y](file:///etc/passwd)',
  '&#60;image href=&#34;file:///etc/passwd&#34;/&#62; "\' \u202e\u0000',
];

it.each(hostile)(verifies('H-1 H-3', 'draws %j as words and loads nothing'), async (word) => {
  const richtext = sample(1, { type: 'richtext', title: word, subtitle: word, text: word }, [word]);
  const chart = sample(6, { title: word, options: { xTitle: word, yTitle: word, labels: true } }, [
    word,
    'b',
  ]);
  for (const picture of [richtext, chart]) {
    const { dashboard } = picture;
    const named = { ...picture, dashboard: { ...dashboard, title: word, description: word } };
    const pdf = latin1(await renderDashboardPdf(named));
    expect(pdf).not.toMatch(
      /\/Subtype \/(?:Image|Link)|\/URI|\/JavaScript|\/Launch|\/EmbeddedFile/,
    );
    const png = await renderDashboardPng({ ...named, scale: 1 });
    expect(png.length).toBeGreaterThan(1000);
  }
});

describe('texts that are names of what every object has', () => {
  it(verifies('B-4', 'add nothing to it in pictures and documents'), async () => {
    const before = inheritedKeys();
    for (const title of inheritedNames) {
      const job = sample(6, { title, subtitle: title }, inheritedNames);
      const named = { ...job, dashboard: { ...job.dashboard, title } };
      await renderDashboardPdf(named);
      await renderDashboardPng(named);
    }
    expect(inheritedKeys()).toEqual(before);
  });
});
