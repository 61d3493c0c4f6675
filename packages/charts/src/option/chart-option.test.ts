import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { date, months, resultOf, sum, text, widgetOf } from '../testing/samples.ts';
import { lightTheme } from '../themes/light.ts';
import type { ChartContext } from './chart-context.ts';
import { chartOption, isEmptyChart } from './chart-option.ts';

const context: ChartContext = { theme: lightTheme, locale: 'en-US', width: 600, height: 300 };
// biome-ignore lint/suspicious/noExplicitAny: the tests look into an option that ECharts types loosely
type Loose = any;
const phases = resultOf(
  [text('Phase'), sum()],
  [
    ['Climb', 3],
    ['Taxi', 2],
  ],
);
const split = resultOf(
  [text('Phase'), text('Size', 'series'), sum()],
  [
    ['Climb', 'Large', 1],
    ['Climb', 'Small', 3],
    ['Taxi', 'Large', 2],
  ],
);

describe('chartOption', () => {
  it(verifies('VIEW-1', 'draws line, area, column, bar and pie'), () => {
    const typesOf = (type: 'line' | 'area' | 'column' | 'bar' | 'pie') =>
      (chartOption(widgetOf(type, []), phases, context) as Loose).series[0].type;
    expect(['line', 'area', 'column', 'bar', 'pie'].map((type) => typesOf(type as 'pie'))).toEqual([
      'line',
      'line',
      'bar',
      'bar',
      'pie',
    ]);
  });

  it('refuses a widget that is no chart', () => {
    expect(() => chartOption(widgetOf('table', []), phases, context)).toThrow(TypeError);
  });

  it(verifies('H-1', 'has no tooltip, no rich text and no template text'), () => {
    const option = JSON.stringify(chartOption(widgetOf('column', []), split, context));
    expect(option).not.toMatch(/"(tooltip|rich|html)"/);
    expect(option).not.toContain('{b}');
  });

  it('shows a legend only for several series', () => {
    expect(chartOption(widgetOf('column', []), phases, context).legend).toBeUndefined();
    const { legend } = chartOption(widgetOf('column', []), split, context) as Loose;
    expect(legend.data.map((key: string) => legend.formatter(key))).toEqual(['Large', 'Small']);
  });

  it('switches hidden series off and leaves them out of the shares', () => {
    const widget = widgetOf('column', [], { options: { stacking: 'percent' } });
    const keys = (chartOption(widget, split, context) as Loose).legend.data;
    const option = chartOption(widget, split, { ...context, hiddenSeries: [keys[1]] }) as Loose;
    expect(option.legend.selected).toEqual({ [keys[1]]: false });
    expect(option.series[0].data[0].value).toBe(1);
  });

  it('fills a percent stack to one, an absent member counting as zero', () => {
    const widget = widgetOf('column', [], { options: { stacking: 'percent' } });
    const { series } = chartOption(widget, split, context) as Loose;
    expect(series.map((one: Loose) => one.data.map((mark: Loose) => mark.value))).toEqual([
      [0.25, 1],
      [0.75, 0],
    ]);
  });

  it('dims marks outside the highlight', () => {
    const [first, second] = phases.values;
    const result = {
      ...phases,
      values: [first!, [{ ...second![0]!, selected: false }, second![1]!]],
    };
    const { series } = chartOption(widgetOf('column', []), result, context) as Loose;
    expect(series[0].data.map((mark: Loose) => mark.itemStyle.opacity < 0.5)).toEqual([
      false,
      true,
    ]);
    const pie = chartOption(widgetOf('pie', []), result, context) as Loose;
    expect(pie.series[0].data.map((mark: Loose) => mark.itemStyle.opacity < 0.5)).toEqual([
      false,
      true,
    ]);
  });

  it('keeps gaps open, with a dot for a lone value', () => {
    const rows = months(2001, 1, 6).map((month, index) => [
      month,
      index === 1 || index === 3 ? null : index,
    ]);
    const { series } = chartOption(
      widgetOf('line', []),
      resultOf([date('months'), sum()], rows),
      context,
    ) as Loose;
    expect(series[0].connectNulls).toBe(false);
    expect(series[0].showSymbol).toBe(true);
    expect(series[0].data[2]).toBe(2);
    expect(series[0].data[4].itemStyle.opacity).toBe(0);
  });

  it('reports the place under the pointer without a tooltip component', () => {
    const { xAxis } = chartOption(widgetOf('column', []), phases, context) as Loose;
    expect(xAxis[0].axisPointer).toMatchObject({
      show: true,
      triggerTooltip: false,
      type: 'shadow',
    });
  });

  it('stands still for pictures, for reduced motion and for many marks', () => {
    const many = resultOf(
      [text('Phase'), sum()],
      Array.from({ length: 3000 }, (_none, at) => [`m${at}`, at]),
    );
    const widget = widgetOf('column', []);
    expect(chartOption(widget, phases, context).animation).toBe(true);
    expect(chartOption(widget, phases, { ...context, still: true }).animation).toBe(false);
    expect(chartOption(widget, phases, { ...context, animate: false }).animation).toBe(false);
    expect(chartOption(widget, many, context).animation).toBe(false);
  });

  it("describes itself in the data's own words", () => {
    const { aria } = chartOption(
      widgetOf('column', [], { subtitle: 'by size' }),
      split,
      context,
    ) as Loose;
    expect(aria.label.description).toBe('Strikes, by size. Large, Small. Climb – Taxi');
  });

  it('draws a zero line where values are negative, none where not', () => {
    const negative = resultOf(
      [text('Phase'), sum()],
      [
        ['Climb', -3],
        ['Taxi', 2],
      ],
    );
    expect((chartOption(widgetOf('column', []), negative, context) as Loose).xAxis).toHaveLength(2);
    expect((chartOption(widgetOf('column', []), phases, context) as Loose).xAxis).toHaveLength(1);
  });

  it('writes ticks in the locale', () => {
    const result = resultOf([text('Phase'), sum()], [['Climb', 2_500_000]]);
    const { yAxis } = chartOption(widgetOf('column', []), result, {
      ...context,
      locale: 'de-DE',
    }) as Loose;
    expect(yAxis.axisLabel.formatter(2_500_000).replace('\u00a0', ' ')).toBe('2,5 Mio.');
  });

  it('knows an empty result', () => {
    expect(isEmptyChart(resultOf([text('Phase'), sum()], []), 'en-US')).toBe(true);
    expect(isEmptyChart(resultOf([text('Phase'), sum()], [['a', null]]), 'en-US')).toBe(true);
    expect(isEmptyChart(phases, 'en-US')).toBe(false);
  });
});
