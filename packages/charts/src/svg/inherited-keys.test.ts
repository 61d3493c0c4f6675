import { describe, expect, it } from 'vitest';
import { inheritedKeys, inheritedNames } from '../../../../test/inherited-keys.ts';
import { verifies } from '../../../../test/verifies.ts';
import { date, months, resultOf, sum, text, widgetOf } from '../testing/samples.ts';
import { lightTheme } from '../themes/light.ts';
import type { ViewItem, WidgetType } from '../view-model.ts';
import { renderChartSvg } from './render-chart-svg.ts';

const types = ['line', 'area', 'column', 'bar', 'pie', 'indicator', 'table'];
const titled = (item: ViewItem, title: string) => ({ ...item, jaql: { ...item.jaql, title } });

/** A name as title of all, and all names as members. */
function widgetAndResult(type: WidgetType, name: string) {
  const result =
    type === 'indicator'
      ? resultOf(
          [titled(date('months'), name), titled(sum(), name)],
          months(2001, 1, 3).map((month, at) => [month, at]),
        )
      : resultOf(
          [text(name), text('Name', 'series'), titled(sum(), name)],
          inheritedNames.map((member, at) => [member, name, at + 1]),
        );
  const options = { xTitle: name, yTitle: name, labels: true };
  const widget = widgetOf(type, result.metadata, { title: name, subtitle: name, options });
  return [widget, result] as const;
}

describe('texts that are names of what every object has', () => {
  it.each(types as WidgetType[])(
    verifies('B-4', 'add nothing to it in a %s, as members, series or titles'),
    (type) => {
      const before = inheritedKeys();
      const size = { width: 900, height: 600 };
      const drawn = inheritedNames.map((name) =>
        renderChartSvg(...widgetAndResult(type, name), {
          ...{ theme: lightTheme, locale: 'en-US', ...size },
        }),
      );
      expect(inheritedKeys()).toEqual(before);
      expect(drawn.filter((svg) => svg.includes('NaN'))).toEqual([]);
    },
  );
});
