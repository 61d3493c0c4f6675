/** What the service tells a viewer, and what charts and tables are made from. */

export type Datatype = 'text' | 'numeric' | 'datetime';
/** How finely a date is grouped. */
export type DateLevel = 'years' | 'quarters' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes';

/** How a number is written; dates follow their level. */
export interface ValueFormat {
  readonly style?: 'number' | 'percent' | 'currency';
  readonly currency?: string;
  readonly decimals?: number;
  readonly compact?: boolean;
  readonly unit?: string;
}

/** A value as the engine has it; dates are wall-clock texts `YYYY-MM-DDTHH:mm:ss`. */
export type CellValue = string | number | boolean | null;

/** `text` is written in the session's `loc`. `selected` is there where a highlight applies to the column. */
export interface Cell {
  readonly data: CellValue;
  readonly text: string;
  readonly selected?: boolean;
}

/**
 * A query's answer (JAQL). `headers`, `metadata` and the cells of a row stand in the order of the query's
 * items, without its `scope` items; `metadata` has the datatype of each filled in.
 */
export interface QueryResult {
  readonly headers: readonly string[];
  readonly values: readonly (readonly Cell[])[];
  readonly metadata: readonly ViewItem[];
  /** True where the row limit cut the result. */
  readonly truncated: boolean;
  /** Totals by the first 0, 1, … dimensions, where the query asks for them. */
  readonly totals?: readonly ResultTotals[];
}

/** Totals by the first dimensions of a query; cells of the others are empty. */
export interface ResultTotals {
  /** How many dimensions, in a pivot of those down; 0 is the grand total. */
  readonly by: number;
  /** In a pivot, how many of the dimensions across. */
  readonly across?: number;
  readonly values: readonly (readonly Cell[])[];
  readonly truncated: boolean;
}

/** All kinds of widgets. */
export const widgetTypes = [
  'indicator',
  'line',
  'area',
  'column',
  'bar',
  'pie',
  'table',
  'richtext',
] as const;
/** A kind of widget. */
export type WidgetType = (typeof widgetTypes)[number];

/** How a widget looks and behaves, as its author set it. */
export interface WidgetOptions {
  /** Series on top of each other; `percent` fills to 100 %. Line, area, column, bar. */
  readonly stacking?: 'none' | 'normal' | 'percent';
  /** Pie: share of the radius left open, 0 to 0.9. */
  readonly innerRadius?: number;
  /** Axis titles; none by default, since the widget's own title names what is drawn. */
  readonly xTitle?: string;
  readonly yTitle?: string;
  /** Values written at the marks. */
  readonly labels?: boolean;
  /** Colour of the palette to begin with, 0 based. */
  readonly color?: number;
  /** Indicator: which direction is good, for the tone of the comparison with the second measure. */
  readonly goodDirection?: 'up' | 'down';
  /** Category widgets: a click elsewhere dims (`highlight`, the default for column, bar, pie) or restricts (`slice`). */
  readonly selection?: 'highlight' | 'slice';
  /** Table: a bar behind each number, scaled to its column. Default false. */
  readonly dataBars?: boolean;
}

/** A widget as the viewer gets it. */
export interface Widget {
  readonly oid: string;
  readonly type: WidgetType;
  readonly title: string;
  readonly subtitle?: string;
  readonly dataSource: string;
  /** Size on a grid of 12 columns; rows are 72 px high. Widgets flow in order, left to right. */
  readonly layout: { readonly columns: number; readonly rows: number };
  readonly metadata: readonly ViewItem[];
  readonly options?: WidgetOptions;
  /** Markdown of a `richtext` widget. */
  readonly text?: string;
}

/** A JAQL item as the viewer reads it. */
export interface ViewItem {
  readonly jaql: {
    readonly dim?: string;
    readonly table?: string;
    readonly column?: string;
    readonly datatype?: Datatype;
    readonly title?: string;
    readonly agg?: string;
    readonly formula?: string;
    readonly level?: DateLevel;
    readonly sort?: 'asc' | 'desc';
    readonly filter?: Readonly<Record<string, unknown>>;
  };
  readonly format?: ValueFormat;
  readonly panel?: string;
  readonly disabled?: boolean;
  readonly locked?: boolean;
}

/** A filter of several fields, from the top down: each level offers what those above leave. */
export interface ViewCascade {
  readonly isCascading: true;
  readonly levels: readonly ViewItem['jaql'][];
  readonly disabled?: boolean;
  readonly locked?: boolean;
}

/** A dashboard filter as the viewer reads it. */
export type ViewFilter = (ViewItem & { readonly isCascading?: false }) | ViewCascade;

/** A filter as one item a field: itself, or the levels of a cascading one. */
export function viewLevels(filter: ViewFilter): readonly ViewItem[] {
  if (filter.isCascading !== true) return [filter];
  const { disabled, locked } = filter;
  return filter.levels.map((jaql) => ({
    jaql,
    ...(disabled === undefined ? {} : { disabled }),
    ...(locked === undefined ? {} : { locked }),
  }));
}

/** `filters` are those in force when the session opens: the stored ones or those of `flt`. */
export interface Dashboard {
  readonly oid: string;
  readonly title: string;
  readonly description?: string;
  readonly dataSource: string;
  readonly filters: readonly ViewFilter[];
  readonly widgets: readonly Widget[];
}

/** Colours, type and shape of everything drawn; `checkTheme` says what values may be. */
export interface Theme {
  readonly oid: string;
  readonly name: string;
  readonly mode: 'light' | 'dark';
  readonly colors: {
    readonly background: string;
    readonly surface: string;
    readonly border: string;
    readonly text: string;
    readonly textMuted: string;
    readonly accent: string;
    readonly onAccent: string;
    readonly positive: string;
    readonly negative: string;
    readonly grid: string;
  };
  /** Six to twelve colours of series, in order. */
  readonly palette: readonly string[];
  readonly typography: { readonly fontFamily: string; readonly fontSizePx: number };
  readonly radiusPx: number;
}

/** `GET /api/v1/session`. */
export interface Session {
  readonly user: { readonly id: string; readonly name: string };
  readonly abilities: { readonly filter: boolean; readonly export: boolean };
  readonly language: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly theme: {
    readonly oid: string;
    readonly source: 'embed' | 'token' | 'group' | 'system';
  };
  readonly dashboards: readonly { readonly oid: string; readonly title: string }[];
}

/** One line of `POST /api/v1/dashboards/<oid>/data`. */
export type DataLine =
  | ({ readonly widget: string } & QueryResult)
  | { readonly widget: string; readonly error: { readonly code: string; readonly detail: string } };
