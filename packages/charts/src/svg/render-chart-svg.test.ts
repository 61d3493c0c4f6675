import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { avg, date, months, noise, resultOf, sum, text, widgetOf } from '../testing/samples.ts';
import { darkTheme } from '../themes/dark.ts';
import { lightTheme } from '../themes/light.ts';
import type { QueryResult, Widget, WidgetType } from '../view-model.ts';
import { renderChartSvg } from './render-chart-svg.ts';

const options = { theme: lightTheme, locale: 'en-US', width: 340, height: 240 };
const sizes = ['Large', 'Small'];
const phases = ['Approach', 'Climb', 'Landing Roll'];

function splitRows(members: readonly string[]) {
  const next = noise(3);
  return members.flatMap((member) => sizes.map((size) => [member, size, Math.round(next() * 900)]));
}

const samples: Record<string, readonly [Widget, QueryResult]> = {
  line: [
    widgetOf('line', [], { options: { yTitle: 'kn' } }),
    resultOf(
      [date('months'), avg()],
      months(2001, 1, 12).map((month, at) => [month, at === 5 ? null : 120 + at * at]),
    ),
  ],
  area: [
    widgetOf('area', [], { options: { stacking: 'normal' } }),
    resultOf([date('quarters'), text('Size', 'series'), sum()], splitRows(months(2000, 1, 8, 3))),
  ],
  column: [
    widgetOf('column', [], { subtitle: 'by size', options: { stacking: 'percent', labels: true } }),
    resultOf([text('Phase'), text('Size', 'series'), sum()], splitRows(phases)),
  ],
  bar: [
    widgetOf('bar', [], { options: { labels: true } }),
    resultOf(
      [text('Species'), sum()],
      [
        ['Gulls', 800],
        ['Sparrows and allies of the plains', -120],
        ['Killdeer', 240],
      ],
    ),
  ],
  pie: [
    widgetOf('pie', [], { options: { innerRadius: 0.6 } }),
    resultOf(
      [text('Time'), sum()],
      [
        ['Day', 6122],
        ['Night', 2611],
        ['Dusk', 540],
      ],
    ),
  ],
  indicator: [
    widgetOf('indicator', [], { options: { goodDirection: 'down' } }),
    resultOf(
      [date('months'), avg()],
      months(2001, 1, 6).map((month, at) => [month, 20 + ((at * 7) % 5)]),
    ),
  ],
  table: [
    widgetOf('table', [], { options: { dataBars: true } }),
    resultOf(
      [
        text('Airport', 'columns'),
        sum('Cost', { style: 'currency', currency: 'USD', decimals: 0 }),
      ],
      phases.map((phase, at) => [phase, at * 5000]),
    ),
  ],
  richtext: [
    widgetOf('richtext', [], {
      text: '# About\nSee the [FAA](https://wildlife.faa.gov/), **voluntary**.\n- one\n- two',
    }),
    resultOf([], []),
  ],
};

describe('renderChartSvg', () => {
  it.each(Object.entries(samples))(
    verifies('VIEW-1', 'draws the %s as committed'),
    async (name, [widget, result]) => {
      const svg = renderChartSvg(widget, result, options);
      await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`./snapshots/${name}.svg`);
      expect(svg.length).toBeLessThan(20_000);
    },
  );

  it('gives the same bytes each time, also after other drawings', () => {
    const [widget, result] = samples.area!;
    const once = renderChartSvg(widget, result, options);
    renderChartSvg(...samples.pie!, options);
    expect(renderChartSvg(widget, result, options)).toBe(once);
  });

  it(verifies('VIEW-5', 'follows the theme'), () => {
    const svg = renderChartSvg(...samples.column!, { ...options, theme: darkTheme });
    expect(svg).toContain(darkTheme.colors.surface);
    expect(svg).not.toContain(lightTheme.palette[0]);
  });

  it.each(['line', 'area', 'column', 'bar', 'pie', 'indicator', 'table'] as WidgetType[])(
    'draws an empty %s with the text given',
    (type) => {
      const svg = renderChartSvg(widgetOf(type, []), resultOf([text('Phase'), sum()], []), {
        ...options,
        emptyText: 'Keine Daten',
      });
      expect(svg).toContain(type === 'indicator' ? '>–<' : '>Keine Daten<');
    },
  );

  it.each(['line', 'area', 'column', 'bar', 'pie'] as WidgetType[])(
    'draws a single value as %s',
    (type) => {
      const single = renderChartSvg(
        widgetOf(type, []),
        resultOf([text('Phase'), sum()], [['Climb', 7]]),
        options,
      );
      const negative = renderChartSvg(
        widgetOf(type, []),
        resultOf([date('days'), sum()], [['2001-01-01', -7]]),
        options,
      );
      for (const svg of [single, negative]) expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    },
  );

  it.each(['line', 'area', 'column', 'bar', 'pie'] as WidgetType[])(
    'draws 10,000 points as %s',
    (type) => {
      const rows = Array.from({ length: 10_000 }, (_none, at) => [
        new Date(Date.UTC(2001, 0, 1, at)).toISOString().slice(0, 19),
        Math.sin(at / 50),
      ]);
      const svg = renderChartSvg(
        widgetOf(type, []),
        resultOf([date('hours'), sum()], rows),
        options,
      );
      expect(svg).not.toContain('NaN');
    },
  );

  it('survives sizes too small to draw in', () => {
    for (const [widget, result] of Object.values(samples)) {
      expect(renderChartSvg(widget, result, { ...options, width: 20, height: 20 })).toMatch(
        /^<svg.*<\/svg>$/s,
      );
    }
  });
});

/** No XML character, or one that could turn the direction of what stands beside it. */
function isUnsafe(character: string): boolean {
  const isControl = character < ' ' && character !== '\n';
  return isControl || !character.isWellFormed() || /[\u202a-\u202e\u2066-\u2069]/.test(character);
}

describe('hostile texts', () => {
  const hostile = [
    '<script>alert(1)</script>',
    ']]><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    '&#60;script&#62;',
    '\u202e<svg onload=alert(1)>\u2066',
    'a\u0000b\u0008c\u001bd\ud800',
    '{a|b} {b} {value}',
    'url(#zr0-x) id="zr0-1"',
    '--><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
  ];
  const tag =
    /<(?!\/?(?:svg|g|path|rect|text|title|style|defs|clipPath|linearGradient|stop|circle|ellipse|polyline|polygon|line)\b)/;

  it.each(hostile)(verifies('H-1', 'keeps %j as text in every slot of every widget'), (word) => {
    const items = [
      { ...text(word), jaql: { ...text(word).jaql, title: word } },
      { ...text('Size', 'series') },
      sum(word, { unit: word }),
    ];
    const result = resultOf(items, [
      [word, word, 5],
      ['b', `${word}2`, 7],
    ]);
    for (const type of [
      'line',
      'area',
      'column',
      'bar',
      'pie',
      'indicator',
      'table',
      'richtext',
    ] as WidgetType[]) {
      const widget = widgetOf(type, [], {
        title: word,
        subtitle: word,
        text: `# ${word}\n- ${word}\n[${word}](javascript:alert(1))`,
        options: { xTitle: word, yTitle: word, labels: true },
      });
      const svg = renderChartSvg(widget, result, {
        ...options,
        width: 700,
        height: 400,
        emptyText: word,
        idPrefix: word,
      });
      expect(svg, type).not.toMatch(tag);
      expect(svg, type).not.toMatch(/<[a-z]+[^>]*\s(?:on\w+|href|xlink:href)=/i);
      expect(svg, type).not.toMatch(/<[^>]*javascript:|<!|]]>/);
      expect([...svg].filter(isUnsafe), type).toEqual([]);
    }
  });

  it(verifies('H-1', 'refuses a theme that is CSS'), () => {
    const theme = { ...lightTheme, colors: { ...lightTheme.colors, surface: '"/><script>' } };
    expect(() => renderChartSvg(...samples.bar!, { ...options, theme })).toThrow(
      expect.objectContaining({ code: 'theme_color' }),
    );
  });
});

it(verifies('H-1', 'committed drawings load nothing'), () => {
  for (const name of Object.keys(samples)) {
    const svg = readFileSync(new URL(`./snapshots/${name}.svg`, import.meta.url), 'utf8');
    expect(svg.replaceAll('http://www.w3.org/', '')).not.toMatch(
      /https?:|<image|@import|foreignObject/,
    );
  }
});
