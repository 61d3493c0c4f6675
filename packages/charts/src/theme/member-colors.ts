/**
 * A member keeps its colour: in every widget that is coloured by its field, and whatever else is filtered out.
 *
 *     widgets in the dashboard's order ──learnColors──► places in the palette, by field and member ──seriesColors──► drawing
 */
import type { ChartData } from '../data/chart-data.ts';
import { fieldKey } from '../data/field-key.ts';
import { pieSlices } from '../data/pie-slices.ts';
import { memberKey } from '../data/points.ts';
import { readChart } from '../data/read-chart.ts';
import type { QueryResult, Theme, Widget } from '../view-model.ts';
import { firstColor, paletteColor } from './series-color.ts';

/** Places in the palette: by `fieldKey`, then by member. */
export type MemberColors = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Members of one field that keep a colour; those met later are coloured by position. */
export const maxColoredMembers = 500;

/** What is known, and places for the members of this result that had none: ones that no other member has, else none beside it. */
export function learnColors(
  known: MemberColors,
  widget: Widget,
  result: QueryResult,
  { theme, locale }: { readonly theme: Theme; readonly locale: string },
): MemberColors {
  const colored = coloredBy(widget, readChart(result, locale));
  if (!colored) return known;
  const { field, members } = colored;
  const places = { ...known[field] };
  const { palette } = theme;
  const size = palette.length;
  const used = new Set(Object.values(places).map((place) => place % size));
  const beside = new Set(members.flatMap((member) => places[member] ?? []));
  const around = palette.map((_color, index) => (firstColor(widget) + index) % size);
  const count = Object.keys(places).length;
  for (const member of members.slice(0, Math.max(0, maxColoredMembers - count))) {
    if (places[member] !== undefined) continue;
    const free = around.find((place) => !used.has(place));
    const place = free ?? around.find((candidate) => !beside.has(candidate));
    places[member] = place ?? around[beside.size % size] ?? 0;
    used.add(places[member]);
    beside.add(places[member]);
  }
  return Object.keys(places).length === count ? known : { ...known, [field]: places };
}

/** The colour of each series, of a pie each slice. */
export function seriesColors(
  widget: Widget,
  data: ChartData,
  { theme, colors = {} }: { readonly theme: Theme; readonly colors?: MemberColors },
): readonly string[] {
  const colored = coloredBy(widget, data);
  const places = colored ? colors[colored.field] : undefined;
  const length = widget.type === 'pie' ? data.points.length : data.series.length;
  return Array.from({ length }, (_none, index) => {
    const place = places?.[colored?.members[index] ?? ''];
    return paletteColor(theme, place ?? firstColor(widget) + index);
  });
}

/** The field whose members have colours of their own; none where measures have. */
function coloredBy(widget: Widget, data: ChartData) {
  if (widget.type === 'pie') {
    const members = pieSlices(data).map(({ key }) => key);
    return data.categoryItem && { field: fieldKey(data.categoryItem.jaql), members };
  }
  const members = data.series.flatMap(({ split }) => (split ? memberKey([split]) : []));
  const isOneMeasure = new Set(members).size === data.series.length;
  return data.seriesItem && isOneMeasure
    ? { field: fieldKey(data.seriesItem.jaql), members }
    : undefined;
}
