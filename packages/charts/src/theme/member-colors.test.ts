import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { readChart } from '../data/read-chart.ts';
import { resultOf, sum, text, widgetOf } from '../testing/samples.ts';
import { lightTheme } from '../themes/light.ts';
import type { QueryResult, Widget } from '../view-model.ts';
import {
  learnColors,
  type MemberColors,
  maxColoredMembers,
  seriesColors,
} from './member-colors.ts';

const theme = lightTheme;
const context = { theme, locale: 'en-US' };
const bySize = (...sizes: string[]) =>
  resultOf(
    [text('Phase'), text('Size', 'series'), sum()],
    sizes.map((size) => ['Climb', size, 1]),
  );
const pieOf = (...members: (string | null)[]) =>
  resultOf(
    [text('Size'), sum()],
    members.map((member, index) => [member, 9 - index]),
  );
const column = widgetOf('column', []);
const pie = widgetOf('pie', []);

function colorsOf(widget: Widget, result: QueryResult, colors: MemberColors) {
  const data = readChart(result, 'en-US');
  const drawn = seriesColors(widget, data, { theme, colors });
  const names = widget.type === 'pie' ? data.points : data.series;
  return Object.fromEntries(names.map((one, index) => [one.text, drawn[index]]));
}

describe('learnColors', () => {
  it(verifies('VIEW-5', 'lets a member keep its colour when others are filtered out'), () => {
    const colors = learnColors({}, column, bySize('Large', 'Medium', 'Small'), context);
    const before = colorsOf(column, bySize('Large', 'Medium', 'Small'), colors);
    const after = colorsOf(column, bySize('Small'), colors);
    expect(after.Small).toBe(before.Small);
    expect(colorsOf(column, bySize('Small'), {}).Small).not.toBe(before.Small);
  });

  it('gives a member one colour in every widget of its field', () => {
    const first = learnColors({}, column, bySize('Large', 'Small'), context);
    const colors = learnColors(first, pie, pieOf('Small', 'Medium', 'Large'), context);
    const inColumn = colorsOf(column, bySize('Large', 'Small'), colors);
    const inPie = colorsOf(pie, pieOf('Small', 'Medium', 'Large'), colors);
    expect(inPie).toMatchObject(inColumn);
    expect(new Set(Object.values(inPie)).size).toBe(3);
  });

  it('gives members that stand beside each other different colours as long as there are any', () => {
    const size = theme.palette.length;
    const many = Array.from({ length: size }, (_none, index) => `m${index}`);
    const met = learnColors({}, pie, pieOf(...many), context);
    const some = pieOf('m0', 'new', 'm1', 'newer');
    const colors = learnColors(met, pie, some, context);
    expect(new Set(Object.values(colorsOf(pie, some, colors))).size).toBe(4);
  });

  it('begins at the colour of the widget', () => {
    const second = widgetOf('pie', [], { options: { color: 1 } });
    const colors = learnColors({}, second, pieOf('a', 'b'), context);
    expect(colorsOf(second, pieOf('a', 'b'), colors)).toEqual({
      a: theme.palette[1],
      b: theme.palette[2],
    });
  });

  it('tells the empty member, and names like __proto__, apart from others', () => {
    const members = pieOf(null, '__proto__', 'null', 'constructor');
    const colors = learnColors({}, pie, members, context);
    const data = readChart(members, 'en-US');
    expect(new Set(seriesColors(pie, data, { theme, colors })).size).toBe(4);
  });

  it('answers what it was given where nothing is new, and stops at its limit', () => {
    const known = learnColors({}, pie, pieOf('a'), context);
    expect(learnColors(known, pie, pieOf('a'), context)).toBe(known);
    const many = Array.from({ length: maxColoredMembers + 9 }, (_none, index) => `m${index}`);
    const result = resultOf(
      [text('Size'), sum()],
      many.map((member) => [member, 1]),
    );
    const [places = {}] = Object.values(learnColors({}, pie, result, context));
    expect(Object.keys(places)).toHaveLength(maxColoredMembers);
  });

  it('leaves measures, and a split of several measures, to their positions', () => {
    const measures = resultOf([text('Phase'), sum('A'), sum('B')], [['Climb', 1, 2]]);
    expect(learnColors({}, column, measures, context)).toEqual({});
    const items = [text('Phase'), text('Size', 'series'), sum('A'), sum('B')];
    const split = resultOf(items, [['Climb', 'Large', 1, 2]]);
    expect(learnColors({}, column, split, context)).toEqual({});
  });
});
