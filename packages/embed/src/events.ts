import type { Asset, ExportResult, FilterItem } from '@vitrine/protocol';

/** All events of the package bubble and are composed. */
export abstract class EmbedEvent<Detail> extends Event {
  readonly detail: Detail;

  constructor(type: string, detail: Detail) {
    super(type, { bubbles: true, composed: true });
    this.detail = detail;
  }
}

/** `dashboard-loaded`: a dashboard, or the one widget asked for, is on the screen. */
export class DashboardLoadedEvent extends EmbedEvent<{ readonly dashboard: Asset }> {
  constructor(dashboard: Asset) {
    super('dashboard-loaded', { dashboard });
  }
}

/** `dashboard-changed`: another dashboard than before is on the screen; comes before its `dashboard-loaded`. */
export class DashboardChangedEvent extends EmbedEvent<{
  readonly dashboard: Asset;
  readonly previous: Asset;
}> {
  constructor(dashboard: Asset, previous: Asset) {
    super('dashboard-changed', { dashboard, previous });
  }
}

/** `filters-changed`: the dashboard filters now in force. */
export class FiltersChangedEvent extends EmbedEvent<{ readonly filters: readonly FilterItem[] }> {
  constructor(filters: readonly FilterItem[]) {
    super('filters-changed', { filters });
  }
}

/** `widget-loaded`: one widget shows its rows. */
export class WidgetLoadedEvent extends EmbedEvent<{ readonly widget: Asset }> {
  constructor(widget: Asset) {
    super('widget-loaded', { widget });
  }
}

/** `export-done`: a file was made and handed to the browser. */
export class ExportDoneEvent extends EmbedEvent<ExportResult> {
  constructor(result: ExportResult) {
    super('export-done', result);
  }
}

/** `frame-resized`: the height, in CSS pixels, that the content needs; with `autoHeight` the frame has it now. */
export class FrameResizedEvent extends EmbedEvent<{ readonly height: number }> {
  constructor(height: number) {
    super('frame-resized', { height });
  }
}

/** `token-expired`: the token or its session ended; `code` says how. Comes before `getWat` is asked. */
export class TokenExpiredEvent extends EmbedEvent<{ readonly code: string }> {
  constructor(code: string) {
    super('token-expired', { code });
  }
}

/** `embed-error`: something could not be shown. */
export class EmbedErrorEvent extends EmbedEvent<{
  readonly code: string;
  readonly message: string;
}> {
  constructor(code: string, message: string) {
    super('embed-error', { code, message });
  }
}

/** The events by name. */
export interface EmbedEventMap {
  'dashboard-loaded': DashboardLoadedEvent;
  'dashboard-changed': DashboardChangedEvent;
  'filters-changed': FiltersChangedEvent;
  'widget-loaded': WidgetLoadedEvent;
  'export-done': ExportDoneEvent;
  'frame-resized': FrameResizedEvent;
  'token-expired': TokenExpiredEvent;
  'embed-error': EmbedErrorEvent;
}

declare global {
  interface HTMLElementEventMap extends EmbedEventMap {}
}
