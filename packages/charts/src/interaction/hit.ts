import type { ChartData } from '../data/chart-data.ts';

/**
 * A place in a chart, as ECharts reports it: a mark (`dataIndex` of mouse events, with its `seriesIndex`) or a place on the
 * category axis (`axesInfo[].value` of `updateAxisPointer`: the index of the member, or milliseconds on a time axis).
 */
export type Hit =
  | { readonly seriesIndex?: number; readonly dataIndex: number }
  | { readonly axisValue: number };

/** The point a hit means, as its place in `ChartData.points`; undefined where there is none. */
export function pointOfHit(data: ChartData, hit: Hit): number | undefined {
  const index =
    'dataIndex' in hit
      ? hit.dataIndex
      : data.scale === 'time'
        ? nearest(data, hit.axisValue)
        : Math.round(hit.axisValue);
  return data.points[index] === undefined ? undefined : index;
}

function nearest(data: ChartData, ms: number): number {
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  data.points.forEach((point, index) => {
    const away = Math.abs((point.ms ?? 0) - ms);
    if (away < distance) {
      distance = away;
      best = index;
    }
  });
  return best;
}
