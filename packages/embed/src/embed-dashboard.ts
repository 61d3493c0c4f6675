import { type PropertyDeclarations, ReactiveElement } from '@lit/reactive-element';
import type {
  ExportOptions,
  ExportResult,
  FilterItem,
  SessionInfo,
  Settings,
} from '@vitrine/protocol';
import { EmbedFrame } from './embed-frame.ts';
import type { GetWat } from './embed-options.ts';
import { EmbedErrorEvent } from './events.ts';

function readSettings(json: string | null): Settings | undefined {
  try {
    const settings: unknown = JSON.parse(json ?? '');
    return typeof settings === 'object' && settings ? settings : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A dashboard, or one widget of it, in a frame.
 *
 * The token is given as a property, or by `getWat`; the attribute `wat` works too, but is taken out of the document as
 * soon as it is read, and neither can be read back.
 *
 * @tagname embed-dashboard
 * @attr {string} url - Address of the viewer service.
 * @attr {string} dashboard - Dashboard to open; default: the first that the token allows.
 * @attr {string} widget - Show this one widget alone.
 * @attr {string} wat - Web access token; removed when read. Another token starts a new session.
 * @attr {string} theme - Theme that goes before the token's own.
 * @attr {string} language - Language that goes before the token's own, such as `de-DE`.
 * @attr {string} settings - JSON: `showHeader`, `showToolbar`, `showLeftPane`, `showRightPane`.
 * @attr {boolean} auto-height - Height of the content; on by default, `auto-height="false"` fills the element instead.
 * @attr {number} min-height - Least height in CSS pixels; default 240.
 * @attr {'lazy'|'eager'} loading - `lazy`, the default, loads within 200 px of the screen.
 * @attr {string} title - Name of the frame for screen readers; default `Dashboard`.
 * @attr {number} timeout-ms - Longest wait for the viewer, in milliseconds; default 30,000.
 *
 * All events bubble and are composed:
 * @fires {DashboardLoadedEvent} dashboard-loaded - `{dashboard: {oid, title}}`
 * @fires {DashboardChangedEvent} dashboard-changed - `{dashboard, previous}`
 * @fires {FiltersChangedEvent} filters-changed - `{filters}`
 * @fires {WidgetLoadedEvent} widget-loaded - `{widget: {oid, title}}`
 * @fires {ExportDoneEvent} export-done - `{format, fileName, widget?}`
 * @fires {FrameResizedEvent} frame-resized - `{height}`
 * @fires {TokenExpiredEvent} token-expired - `{code}`; comes before `getWat` is asked
 * @fires {EmbedErrorEvent} embed-error - `{code, message}`
 *
 * @slot error - Instead of the sentence of the error state; the button to try again stays.
 *
 * @csspart frame - The iframe.
 * @csspart skeleton - What is there until the viewer is.
 * @csspart error - The error state.
 * @csspart retry - Its button.
 *
 * @cssprop --vitrine-embed-background - Default `transparent`.
 * @cssprop --vitrine-embed-text - Default `CanvasText`, so it follows the page's `color-scheme`.
 * @cssprop --vitrine-embed-skeleton - Default a tint of the text colour.
 * @cssprop --vitrine-embed-accent - The retry button; default `CanvasText`.
 * @cssprop --vitrine-embed-on-accent - Text on it; default `Canvas`.
 * @cssprop --vitrine-embed-radius - Corners; default 0.
 */
export class EmbedDashboard extends ReactiveElement {
  static override properties: PropertyDeclarations = {
    url: {},
    dashboard: {},
    widget: {},
    wat: { noAccessor: true },
    getWat: { attribute: false },
    theme: {},
    language: {},
    settings: { converter: readSettings },
    autoHeight: { attribute: 'auto-height', converter: (value) => value !== 'false' },
    minHeight: { attribute: 'min-height', type: Number },
    loading: {},
    title: {},
    timeoutMs: { attribute: 'timeout-ms', type: Number },
  };

  declare url: string | undefined;
  declare dashboard: string | undefined;
  declare widget: string | undefined;
  declare getWat: GetWat | undefined;
  declare theme: string | undefined;
  declare language: string | undefined;
  declare settings: Settings | undefined;
  declare autoHeight: boolean | undefined;
  declare minHeight: number | undefined;
  declare loading: 'lazy' | 'eager' | undefined;
  declare title: string;
  declare timeoutMs: number | undefined;

  /** The frame behind the element; its `dashboard` has the same actions. */
  readonly frame: EmbedFrame = new EmbedFrame({}, this);
  #wat: string | undefined;
  #isMounted = false;

  /** Write-only: always reads as `undefined`. */
  get wat(): string | undefined {
    return undefined;
  }

  set wat(wat: string | undefined) {
    this.#wat = wat;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.frame.destroy();
    this.#isMounted = false;
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name !== 'wat') {
      super.attributeChangedCallback(name, old, value);
      if (name === 'settings' && value && !this.settings)
        this.dispatchEvent(new EmbedErrorEvent('settings_invalid', 'settings is no JSON object'));
    } else if (value !== null) {
      this.wat = value;
      this.removeAttribute('wat');
    }
  }

  protected override updated(): void {
    const { url, dashboard, widget, getWat, theme, language, settings } = this;
    const { autoHeight, minHeight, loading, title, timeoutMs } = this;
    const shown = { url, dashboard, widget, wat: this.#wat, getWat, theme, language, settings };
    this.frame.update({ ...shown, autoHeight, minHeight, loading, title, timeoutMs });
    if (this.#isMounted || !this.isConnected) return;
    this.#isMounted = true;
    this.frame.mount(this.renderRoot as ShadowRoot);
  }

  /** See `DashboardActions`, as for all methods below. */
  applyFilters(filters: readonly FilterItem[]): Promise<void> {
    return this.frame.dashboard.applyFilters(filters);
  }

  export(options: ExportOptions): Promise<ExportResult> {
    return this.frame.dashboard.export(options);
  }

  getFilters(): Promise<readonly FilterItem[]> {
    return this.frame.dashboard.getFilters();
  }

  openDashboard(oid: string): Promise<void> {
    return this.frame.dashboard.openDashboard(oid);
  }

  getSession(): Promise<SessionInfo> {
    return this.frame.dashboard.getSession();
  }

  getUser(): Promise<SessionInfo['user']> {
    return this.frame.dashboard.getUser();
  }

  getTheme(): Promise<SessionInfo['theme']> {
    return this.frame.dashboard.getTheme();
  }

  /** Of the iframe, in CSS pixels. */
  getSize(): { readonly width: number; readonly height: number } {
    return this.frame.size;
  }

  /** Loads anew, as a new session. */
  retry(): void {
    this.frame.retry();
  }

  removeFilters(): Promise<never> {
    return this.frame.dashboard.removeFilters();
  }

  openSimplyAsk(): Promise<never> {
    return this.frame.dashboard.openSimplyAsk();
  }

  createWidget(): Promise<never> {
    return this.frame.dashboard.createWidget();
  }

  createTextWidget(): Promise<never> {
    return this.frame.dashboard.createTextWidget();
  }

  share(): Promise<never> {
    return this.frame.dashboard.share();
  }
}
