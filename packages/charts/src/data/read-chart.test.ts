import { describe, expect, it } from 'vitest';
import { avg, date, months, resultOf, sum, text } from '../testing/samples.ts';
import { readChart } from './read-chart.ts';

describe('readChart', () => {
  it('splits into series by the series item, in the order of their names', () => {
    const items = [text('Phase'), text('Size', 'series'), sum()];
    const rows = [
      ['Climb', 'Small', 3],
      ['Climb', 'Large', 1],
      ['Taxi', 'Large', 2],
    ];
    const data = readChart(resultOf(items, rows), 'en-US');
    expect(data.points.map((point) => point.text)).toEqual(['Climb', 'Taxi']);
    expect(data.series.map((series) => [series.text, series.values])).toEqual([
      ['Large', [1, 2]],
      ['Small', [3, null]],
    ]);
  });

  it('makes a series of each measure', () => {
    const items = [text('Phase'), sum('Reported'), avg('Estimated')];
    const data = readChart(resultOf(items, [['Climb', 3, 4]]), 'en-US');
    expect(data.series.map((series) => series.text)).toEqual(['Reported', 'Estimated']);
  });

  it('makes a point of each measure where nothing groups', () => {
    const data = readChart(resultOf([sum('A'), sum('B')], [[1, 2]]), 'en-US');
    expect(data.points.map((point) => point.text)).toEqual(['A', 'B']);
    expect(data.series[0]?.values).toEqual([1, 2]);
  });

  it('puts periods in order and leaves the missing ones empty', () => {
    const rows = [
      ['2001-04-01T00:00:00', 4],
      ['2001-01-01T00:00:00', 1],
      ['2001-02-01T00:00:00', 2],
    ];
    const data = readChart(resultOf([date('months'), sum()], rows), 'en-US');
    expect(data.scale).toBe('periods');
    expect(data.points.map((point) => point.text)).toEqual([
      'Jan 2001',
      'Feb 2001',
      'Mar 2001',
      'Apr 2001',
    ]);
    expect(data.series[0]?.values).toEqual([1, 2, null, 4]);
  });

  it('breaks the line on a continuous axis where dates are too far apart to be filled', () => {
    const rows = [
      ['1990-01-01T00:00:00', 1],
      ['1990-01-02T00:00:00', 2],
      ['2020-01-01T00:00:00', 3],
    ];
    const data = readChart(resultOf([date('days'), sum()], rows), 'en-US');
    expect(data.scale).toBe('time');
    expect(data.series[0]?.values).toEqual([1, 2, null, 3]);
  });

  it("uses a continuous axis for dates off their level's grid, and leaves out rows without a date", () => {
    const rows = [
      ['2001-01-01T00:00:00', 1],
      ['2001-01-02T07:00:00', 2],
      [null, 9],
    ];
    const data = readChart(resultOf([date('days'), sum()], rows), 'en-US');
    expect(data.scale).toBe('time');
    expect(data.series[0]?.values).toEqual([1, null, 2]);
  });

  it('tells members of different types and names like __proto__ apart', () => {
    const rows = [
      ['1', 1],
      [1, 2],
      ['__proto__', 3],
      ['constructor', 4],
    ];
    const data = readChart(resultOf([text('Phase'), sum()], rows), 'en-US');
    expect(data.series[0]?.values).toEqual([1, 2, 3, 4]);
  });

  it('draws nothing from text, NaN or infinity', () => {
    const rows = [
      ['a', 'x'],
      ['b', Number.NaN],
      ['c', Number.POSITIVE_INFINITY],
      ['d', '7.5'],
    ];
    const data = readChart(resultOf([text('Phase'), sum()], rows), 'en-US');
    expect(data.series[0]?.values).toEqual([null, null, null, 7.5]);
  });

  it('reads 10,000 points in well under a second, once', () => {
    const days = Array.from({ length: 10_000 }, (_none, index) => [
      new Date(Date.UTC(1990, 0, 1) + index * 3_600_000).toISOString().slice(0, 19),
      index,
    ]);
    const result = resultOf([date('hours'), sum()], days);
    const data = readChart(result, 'en-US');
    expect(data.points).toHaveLength(10_000);
    expect(readChart(result, 'en-US')).toBe(data);
  });

  it('steps by whole quarters over a leap year', () => {
    const starts = months(2000, 1, 6, 3).map((start, index) => [start, index]);
    const data = readChart(resultOf([date('quarters'), sum()], starts), 'de-DE');
    expect(data.scale).toBe('periods');
    expect(data.points.at(-1)?.text).toBe('Q2 2001');
  });
});
