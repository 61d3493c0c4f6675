import type { Widget } from '@vitrine/charts';

/** Pixels of the viewer's grid: 12 columns, rows of 72, gaps of 16. */
const columns = 12;
const rowPx = 72;
const gapPx = 16;

/** Where a widget stands in its band, px. */
interface Place {
  readonly widget: Widget;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Widgets that stand side by side, and so stay on one page. */
export interface Band {
  readonly places: readonly Place[];
  readonly height: number;
}

/** Flows widgets into bands from left to right as the viewer does at full width; `y` counts from the top of the band. */
export function layBands(widgets: readonly Widget[], widthPx: number): Band[] {
  const columnPx = (widthPx - gapPx * (columns - 1)) / columns;
  const bands: Place[][] = [];
  let used = columns;
  for (const widget of widgets) {
    const span = Math.min(columns, Math.max(1, Math.round(widget.layout.columns)));
    const rows = Math.min(20, Math.max(1, Math.round(widget.layout.rows)));
    if (used + span > columns) {
      bands.push([]);
      used = 0;
    }
    bands.at(-1)?.push({
      widget,
      x: used * (columnPx + gapPx),
      y: 0,
      width: span * columnPx + (span - 1) * gapPx,
      height: rows * rowPx + (rows - 1) * gapPx,
    });
    used += span;
  }
  return bands.map((places) => ({
    places,
    height: Math.max(...places.map((place) => place.height)),
  }));
}

/** Space between bands, px. */
export const bandGapPx = gapPx;
