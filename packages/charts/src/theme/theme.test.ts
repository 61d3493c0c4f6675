import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { darkTheme } from '../themes/dark.ts';
import { lightTheme } from '../themes/light.ts';
import type { Theme } from '../view-model.ts';
import { checkTheme } from './check-theme.ts';
import { contrastRatio } from './color.ts';
import { echartsTheme } from './echarts-theme.ts';
import { themeCss } from './theme-css.ts';
import { ThemeError } from './theme-error.ts';

describe.each([lightTheme, darkTheme])('$name', (theme) => {
  const { colors, palette } = theme;

  it(verifies('VIEW-5', 'is legible: text at least 4.5 : 1, marks at least 3 : 1'), () => {
    for (const ground of [colors.surface, colors.background]) {
      for (const ink of [
        colors.text,
        colors.textMuted,
        colors.positive,
        colors.negative,
        colors.accent,
      ]) {
        expect(contrastRatio(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrastRatio(colors.onAccent, colors.accent)).toBeGreaterThanOrEqual(4.5);
    for (const color of palette) {
      expect(contrastRatio(color, colors.surface), color).toBeGreaterThanOrEqual(3);
    }
  });

  it(
    verifies(
      'VIEW-5',
      'keeps the first eight series colours apart, for deutan and protan eyes too',
    ),
    () => {
      const seen = palette.slice(0, 8);
      for (const view of [(rgb: Rgb) => rgb, deutan, protan]) {
        for (const [index, one] of seen.entries()) {
          for (const other of seen.slice(index + 1)) {
            expect(
              distance(view(rgbOf(one)), view(rgbOf(other))),
              `${one} ${other}`,
            ).toBeGreaterThan(11);
          }
        }
      }
    },
  );

  it('passes its own check', () => {
    expect(() => checkTheme(theme)).not.toThrow();
    expect(palette.length).toBeGreaterThanOrEqual(8);
  });
});

describe(verifies('H-1', 'themes are typed tokens, not CSS'), () => {
  const bad: [string, string, Theme][] = [
    ...[
      'red',
      'url(https://a.b/c)',
      '#12345',
      '#123456;}',
      'rgb(1,2,3)',
      'var(--x)',
      '#fff</style>',
      '',
    ].map((color): [string, string, Theme] => [
      color,
      'theme_color',
      { ...lightTheme, colors: { ...lightTheme.colors, surface: color } },
    ]),
    [
      'palette colour',
      'theme_color',
      { ...lightTheme, palette: [...lightTheme.palette.slice(0, 6), 'expression(1)'] },
    ],
    ['short palette', 'theme_palette', { ...lightTheme, palette: ['#fff'] }],
    ...[
      'Inter;color:red',
      'url(x)',
      '"Inter"',
      'a}b{',
      'Inter\\',
      '',
      'x'.repeat(65),
      '</style>',
    ].map((fontFamily): [string, string, Theme] => [
      fontFamily,
      'theme_font',
      { ...lightTheme, typography: { fontFamily, fontSizePx: 14 } },
    ]),
    ['radius', 'theme_size', { ...lightTheme, radiusPx: Number.NaN }],
    [
      'size',
      'theme_size',
      { ...lightTheme, typography: { fontFamily: 'Inter', fontSizePx: '14px' as never } },
    ],
  ];

  it.each(bad)(verifies('H-1', 'refuses %s'), (_what, code, theme) => {
    for (const use of [checkTheme, themeCss]) {
      let thrown: unknown;
      try {
        use(theme);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(ThemeError);
      expect((thrown as ThemeError).code).toBe(code);
    }
  });

  it(verifies('VIEW-5', 'gives custom properties with plain values'), () => {
    const css = themeCss(darkTheme);
    expect(css['--vitrine-color-text-muted']).toBe(darkTheme.colors.textMuted);
    expect(css['--vitrine-palette-1']).toBe(darkTheme.palette[0]);
    for (const [name, value] of Object.entries(css)) {
      expect(name).toMatch(/^--vitrine-[a-z0-9-]+$/);
      expect(value).not.toMatch(/[;{}()<>"'\\/@]/);
    }
  });

  it('takes only the properties it knows', () => {
    const colors = { ...lightTheme.colors, 'x;}body{color': '#ffffff' };
    expect(Object.keys(themeCss({ ...lightTheme, colors })).join()).not.toContain('body');
  });
});

it('gives ECharts the palette and the mode', () => {
  expect(echartsTheme(darkTheme)).toMatchObject({ darkMode: true, color: [...darkTheme.palette] });
});

type Rgb = readonly [number, number, number];

function rgbOf(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  const linear = (channel: number) => ((channel / 255 + 0.055) / 1.055) ** 2.4;
  return [linear(value >> 16), linear((value >> 8) & 255), linear(value & 255)];
}

// Viénot 1999, in linear RGB.
function deutan([r, g, b]: Rgb): Rgb {
  return [0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b];
}

function protan([r, g, b]: Rgb): Rgb {
  return [0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b];
}

/** CIE76 in Lab. */
function distance(one: Rgb, other: Rgb): number {
  const [a, b] = [labOf(one), labOf(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function labOf([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
