import { describe, expect, it } from 'vitest';
import { avg, date, months, resultOf, sum, widgetOf } from '../testing/samples.ts';
import { indicatorModel } from './indicator-model.ts';

const locale = { locale: 'en-US' };
const widget = widgetOf('indicator', [], { options: { goodDirection: 'down' } });

describe('indicatorModel', () => {
  it('shows the first measure', () => {
    const model = indicatorModel(widget, resultOf([sum()], [[1_234_567]]), locale);
    expect(model).toMatchObject({
      state: 'value',
      label: 'Strikes',
      text: '1,234,567',
      compactText: '1.2M',
    });
    expect(model.comparison).toBeUndefined();
  });

  it('compares with the second measure and judges by the good direction', () => {
    const model = indicatorModel(widget, resultOf([sum(), sum('Plan')], [[90, 100]]), locale);
    expect(model.comparison).toEqual({
      label: 'Plan',
      text: '100',
      change: { text: '-10%', direction: 'down', tone: 'good' },
    });
    const neutral = indicatorModel(
      widgetOf('indicator', []),
      resultOf([sum(), sum('Plan')], [[110, 100]]),
      locale,
    );
    expect(neutral.comparison?.change).toEqual({ text: '+10%', direction: 'up', tone: 'neutral' });
  });

  it('leaves the change out where there is nothing to divide by', () => {
    for (const other of [0, null]) {
      const model = indicatorModel(widget, resultOf([sum(), sum('Plan')], [[90, other]]), locale);
      expect(model.comparison?.change).toBeUndefined();
    }
  });

  it('takes a negative base by its amount', () => {
    const model = indicatorModel(widget, resultOf([sum(), sum('Plan')], [[-50, -100]]), locale);
    expect(model.comparison?.change?.text).toBe('+50%');
  });

  it('sums what adds up over the periods, with a sparkline that keeps gaps', () => {
    const rows = [
      ['2001-01-01', 5],
      ['2001-02-01', 7],
      ['2001-04-01', 8],
    ];
    const model = indicatorModel(widget, resultOf([date('months'), sum()], rows), locale);
    expect(model).toMatchObject({ value: 20, text: '20', sparkline: [5, 7, null, 8] });
    expect(model.period).toBeUndefined();
  });

  it('shows the last period of what does not add up, against the one before', () => {
    const rows = months(2001, 1, 3).map((month, index) => [month, [10, 20, 25][index] ?? 0]);
    const model = indicatorModel(widget, resultOf([date('months'), avg()], rows), locale);
    expect(model).toMatchObject({ text: '25', period: 'Mar 2001' });
    expect(model.comparison).toEqual({
      label: 'Feb 2001',
      text: '20',
      change: { text: '+25%', direction: 'up', tone: 'bad' },
    });
  });

  it('says that it is empty', () => {
    for (const rows of [[], [[null]]]) {
      expect(indicatorModel(widget, resultOf([sum()], rows), locale)).toMatchObject({
        state: 'empty',
        text: '–',
      });
    }
    expect(indicatorModel(widget, resultOf([date('months'), sum()], []), locale).state).toBe(
      'empty',
    );
  });
});
