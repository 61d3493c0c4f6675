import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { avg, date, months, resultOf, sum, text, widgetOf } from '../testing/samples.ts';
import { lightTheme } from '../themes/light.ts';
import { clickTarget } from './click-target.ts';
import { tooltipModel } from './tooltip-model.ts';

const context = { theme: lightTheme, locale: 'en-US' };
const split = resultOf(
  [text('Phase'), text('Size', 'series'), sum()],
  [
    ['Climb', 'Large', 1000],
    ['Climb', 'Small', 3000],
    ['Taxi', 'Large', 2],
  ],
);

describe('tooltipModel', () => {
  it('lists each series at a place of the axis with its colour and text', () => {
    expect(tooltipModel(widgetOf('line', []), split, { axisValue: 0 }, context)).toEqual({
      title: 'Climb',
      rows: [
        { color: lightTheme.palette[0], label: 'Large', text: '1,000', isHit: false },
        { color: lightTheme.palette[1], label: 'Small', text: '3,000', isHit: false },
      ],
    });
  });

  it('marks the series under the pointer and leaves out absent and hidden ones', () => {
    const at = (dataIndex: number, hiddenSeries: string[] = []) =>
      tooltipModel(
        widgetOf('column', []),
        split,
        { seriesIndex: 0, dataIndex },
        { ...context, hiddenSeries },
      );
    expect(at(0)?.rows.map((row) => row.isHit)).toEqual([true, false]);
    expect(at(1)?.rows.map((row) => row.label)).toEqual(['Large']);
    expect(at(0, ['0:string:Small'])?.rows.map((row) => row.label)).toEqual(['Large']);
  });

  it('adds shares in stacks and pies', () => {
    const stacked = widgetOf('column', [], { options: { stacking: 'percent' } });
    expect(
      tooltipModel(stacked, split, { axisValue: 0 }, context)?.rows.map((row) => row.share),
    ).toEqual(['25.0%', '75.0%']);
    const pie = resultOf(
      [text('Time'), sum()],
      [
        ['Day', 3],
        ['None', 0],
        ['Night', 1],
      ],
    );
    expect(tooltipModel(widgetOf('pie', []), pie, { dataIndex: 1 }, context)).toEqual({
      title: 'Night',
      rows: [
        { color: lightTheme.palette[1], label: 'Strikes', text: '1', share: '25.0%', isHit: true },
      ],
    });
  });

  it('finds the nearest date on a continuous axis', () => {
    const rows = [
      ['2001-01-01T00:00:00', 1],
      ['2001-01-02T07:00:00', 2],
    ];
    const result = resultOf([date('minutes'), avg()], rows);
    const hit = { axisValue: Date.UTC(2001, 0, 2, 3) };
    expect(tooltipModel(widgetOf('line', []), result, hit, context)?.rows[0]?.text).toBe('2');
  });

  it('says nothing where nothing is', () => {
    const gap = resultOf(
      [date('months'), sum()],
      [
        ['2001-01-01', 1],
        ['2001-03-01', 1],
      ],
    );
    expect(tooltipModel(widgetOf('line', []), gap, { axisValue: 1 }, context)).toBeUndefined();
    expect(tooltipModel(widgetOf('line', []), gap, { axisValue: 99 }, context)).toBeUndefined();
    expect(tooltipModel(widgetOf('pie', []), gap, { dataIndex: -1 }, context)).toBeUndefined();
  });

  it(
    verifies(
      'H-1',
      'hands out hostile names as plain text without controls or direction overrides',
    ),
    () => {
      const result = resultOf(
        [text('Phase'), sum()],
        [['<img src=x onerror=alert(1)>\u202egnp\u0000', 1]],
      );
      expect(tooltipModel(widgetOf('bar', []), result, { axisValue: 0 }, context)?.title).toBe(
        '<img src=x onerror=alert(1)> gnp',
      );
    },
  );
});

describe('clickTarget', () => {
  const locale = { locale: 'en-US' };

  it('names the member of the axis, with level and type', () => {
    const result = resultOf(
      [date('months'), sum()],
      months(2001, 1, 3).map((month) => [month, 1]),
    );
    expect(
      clickTarget(widgetOf('column', []), result, { seriesIndex: 0, dataIndex: 1 }, locale),
    ).toEqual({
      dim: '[Strikes.Flight Date]',
      level: 'months',
      datatype: 'datetime',
      title: 'Date',
      value: '2001-02-01T00:00:00',
      text: 'Feb 2001',
    });
  });

  it('names the member of the series where asked', () => {
    const hit = { seriesIndex: 1, dataIndex: 0 };
    expect(
      clickTarget(widgetOf('column', []), split, hit, { ...locale, part: 'series' }),
    ).toMatchObject({
      dim: '[Strikes.Size]',
      value: 'Small',
    });
  });

  it('counts slices, not rows, in a pie', () => {
    const pie = resultOf(
      [text('Time'), sum()],
      [
        ['None', 0],
        ['Day', 3],
      ],
    );
    expect(
      clickTarget(widgetOf('pie', []), pie, { seriesIndex: 0, dataIndex: 0 }, locale)?.value,
    ).toBe('Day');
  });

  it('names nothing for a missing value, for measures and beside the data', () => {
    const missing = resultOf([text('Phase'), sum()], [[null, 1]]);
    expect(clickTarget(widgetOf('bar', []), missing, { dataIndex: 0 }, locale)).toBeUndefined();
    const measures = resultOf([sum('A'), sum('B')], [[1, 2]]);
    expect(clickTarget(widgetOf('bar', []), measures, { dataIndex: 0 }, locale)).toBeUndefined();
    expect(clickTarget(widgetOf('bar', []), split, { dataIndex: 7 }, locale)).toBeUndefined();
  });
});
