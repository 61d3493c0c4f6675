import { init } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEcharts } from '../echarts-modules.ts';
import type { Hit } from '../interaction/hit.ts';
import type { ChartContext } from '../option/chart-context.ts';
import { chartOption } from '../option/chart-option.ts';
import type { QueryResult, Widget } from '../view-model.ts';

/** A place in px, from the chart's top left corner. */
export interface ChartPlace {
  readonly x: number;
  readonly y: number;
}

/** What a chart tells its owner. */
export interface ChartEvents {
  /** The pointer is over another place, or (undefined) over none. */
  readonly onHover?: (hit: Hit | undefined, place: ChartPlace) => void;
  /** A mark, or on column, bar, line and area charts a place on the category axis, was clicked. */
  readonly onClick?: (hit: Hit, place: ChartPlace) => void;
  /** The reader switched series in the legend: all keys that are off now. */
  readonly onHiddenSeries?: (keys: readonly string[]) => void;
}

/** A chart in a page; `dispose` ends it. */
export interface ChartHandle {
  /** Draws anew: other rows, theme, locale or size. */
  update(widget: Widget, result: QueryResult, context: ChartContext): void;
  /** The picture as a PNG data URL, `pixelRatio` dots a px (default 2). */
  toDataUrl(pixelRatio?: number): string;
  dispose(): void;
}

/** Draws charts into an element, on a canvas, and reports pointer and legend in the terms of `tooltipModel` and `clickTarget`. */
export function createChart(element: HTMLElement, events: ChartEvents = {}): ChartHandle {
  useEcharts(CanvasRenderer);
  allowClearing(element);
  const chart = init(element, null, { renderer: 'canvas' });
  let place: ChartPlace = { x: 0, y: 0 };
  let hovered: Hit | undefined;
  let isPie = false;
  const setHovered = (hit: Hit | undefined) => {
    const isNews = hit !== undefined || hovered !== undefined;
    hovered = hit;
    if (isNews) events.onHover?.(hit, place);
  };

  // These come before ECharts' own listeners, which report the axis for every move.
  const zr = chart.getZr();
  zr.on('mousemove', ({ offsetX, offsetY }) => {
    place = { x: offsetX, y: offsetY };
    if (isPie && hovered) setHovered(hovered);
  });
  zr.on('globalout', () => setHovered(undefined));
  zr.on('click', ({ target, offsetX, offsetY }) => {
    place = { x: offsetX, y: offsetY };
    if (!target && hovered) events.onClick?.(hovered, place);
  });
  chart.on('updateAxisPointer', (event) => {
    if (!isPie) setHovered(hitOfAxis(event));
  });
  chart.on('mouseover', (event) => {
    if (isPie && event.componentType === 'series') setHovered({ dataIndex: event.dataIndex });
  });
  chart.on('mouseout', () => isPie && setHovered(undefined));
  chart.on('click', (event) => {
    if (event.componentType !== 'series') return;
    const { seriesIndex, dataIndex } = event;
    const hit: Hit | undefined =
      typeof dataIndex === 'number' ? { seriesIndex: seriesIndex ?? 0, dataIndex } : hovered;
    if (hit) events.onClick?.(hit, place);
  });
  chart.on('legendselectchanged', (event) => {
    const { selected } = event as { selected?: Record<string, boolean> };
    events.onHiddenSeries?.(
      Object.entries(selected ?? {}).flatMap(([key, on]) => (on ? [] : [key])),
    );
  });

  return {
    update(widget, result, context) {
      isPie = widget.type === 'pie';
      chart.resize({ width: context.width, height: context.height });
      chart.setOption(chartOption(widget, result, context), { notMerge: true });
    },
    toDataUrl: (pixelRatio = 2) => chart.getDataURL({ type: 'png', pixelRatio }),
    dispose: () => chart.dispose(),
  };
}

function hitOfAxis(event: unknown): Hit | undefined {
  const { axesInfo } = event as { axesInfo?: readonly { value?: unknown }[] };
  const value = axesInfo?.[0]?.value;
  return typeof value === 'number' ? { axisValue: value } : undefined;
}

/**
 * ECharts empties its element with `innerHTML = ''`, which pages under `require-trusted-types-for 'script'` forbid, even for
 * the empty text. On this one element that assignment means what it does: no children.
 */
function allowClearing(element: HTMLElement): void {
  Object.defineProperty(element, 'innerHTML', {
    configurable: true,
    get: () => '',
    set: () => element.replaceChildren(),
  });
}
