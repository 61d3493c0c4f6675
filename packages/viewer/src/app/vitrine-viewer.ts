import { darkTheme, lightTheme, type Theme, themeCss } from '@vitrine/charts';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { baseStyles } from '../styles/base.ts';
import type { ViewerErrorCode } from '../viewer-error.ts';
import type { TooltipEvent } from '../widgets/widget-events.ts';
import { icons } from './icons.ts';
import { usePaperTheme } from './paper-theme.ts';
import { ViewerElement } from './viewer-element.ts';
import { shellStyles } from './vitrine-viewer.styles.ts';

/** Failures that another try of the same token may get over. */
const retriable: readonly ViewerErrorCode[] = [
  'network_down',
  'server_error',
  'rate_limited',
  'too_many_sessions',
  'no_access_pass',
  'token_not_yet_valid',
  'query_failed',
  'query_timeout',
  'session_ended',
];

/** The whole app: header, panes and content. */
export class VitrineViewer extends ViewerElement {
  @state() private tooltip: TooltipEvent | undefined;

  static override readonly styles = [baseStyles, shellStyles];

  #endPaper: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endPaper = usePaperTheme(this.viewer.store, matchMedia('print'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endPaper?.();
  }

  override render(): TemplateResult {
    const { phase, session } = this.state;
    if (phase === 'failed' && !session) return html`<main>${this.#failure()}</main>`;
    return this.#shell();
  }

  #shell() {
    const { t, panes, drawer, phase, failure, embedded } = this.state;
    const hasBar = panes.header || panes.toolbar;
    const hasPanes = panes.left || panes.right;
    const { viewer } = this;
    return html`
      ${embedded ? nothing : this.#skipLink('main', t('app.skip'))}
      ${!embedded && panes.right && !drawer ? this.#skipLink('.right.pane', t('filters.show')) : nothing}
      <div class=${embedded ? 'shell embedded' : 'shell'} @vitrine-tooltip=${this.#onTooltip} @keydown=${this.#onKey}>
        ${
          hasBar || hasPanes
            ? html`<vitrine-header class=${hasBar ? 'bar' : 'bar only-narrow'} .viewer=${viewer}></vitrine-header>`
            : nothing
        }
        <div class="columns">
          ${
            panes.left
              ? html`<vitrine-nav class=${drawer === 'left' ? 'left pane open' : 'left pane'} tabindex="-1" .viewer=${viewer}></vitrine-nav>`
              : nothing
          }
          <main id="content" tabindex="-1">
            ${phase === 'failed' ? this.#failure() : this.#content(failure)}
          </main>
          ${
            panes.right
              ? html`<vitrine-filter-pane
                  class=${drawer === 'right' ? 'right pane open scroll' : 'right pane scroll'}
                  tabindex="-1"
                  .viewer=${viewer}
                ></vitrine-filter-pane>`
              : nothing
          }
        </div>
        ${drawer ? html`<div class="veil" @click=${this.#closeDrawer}></div>` : nothing}
      </div>
      ${this.#notice()}
      <vitrine-tooltip
        .model=${this.tooltip?.model}
        .clientX=${this.tooltip?.clientX ?? 0}
        .clientY=${this.tooltip?.clientY ?? 0}
      ></vitrine-tooltip>
    `;
  }

  #content(failure: ViewerErrorCode | undefined) {
    const { viewer } = this;
    const { panes } = this.state;
    // A bar without a title has room for them.
    const hasChipsInBar = panes.toolbar && !panes.header;
    return html`
      ${
        failure
          ? html`<vitrine-failure strip .code=${failure} .t=${this.state.t} .action=${() => void viewer.renew()}></vitrine-failure>`
          : nothing
      }
      ${hasChipsInBar ? nothing : html`<vitrine-chips .viewer=${viewer}></vitrine-chips>`}
      <vitrine-dashboard .viewer=${viewer}></vitrine-dashboard>
    `;
  }

  #failure() {
    const { failure = 'server_error', t } = this.state;
    const action = retriable.includes(failure) ? () => void this.viewer.retry() : undefined;
    return html`<vitrine-failure .code=${failure} .t=${t} .action=${action}></vitrine-failure>`;
  }

  #notice() {
    const { notice, t } = this.state;
    if (!notice) return html`<div role="status"></div>`;
    const { text } = notice;
    const words =
      text.kind === 'exporting'
        ? t('export.running')
        : text.kind === 'exported'
          ? t('export.done', { name: text.name })
          : `${t(`error.${text.code}.title`)}. ${t(`error.${text.code}.hint`)}`;
    return html`
      <div role="status">
        <div class="notice ${notice.tone}">
          ${notice.tone === 'error' ? icons.alert : icons.download}<span>${words}</span>
          <button
            class="icon-button"
            type="button"
            aria-label=${t('app.dismiss')}
            @click=${() => this.viewer.store.dispatch({ type: 'notice-dismissed' })}
          >${icons.close}</button>
        </div>
      </div>
    `;
  }

  protected override willUpdate(): void {
    const { language, theme, dashboard, failure, phase, t } = this.state;
    const root = this.ownerDocument.documentElement;
    root.lang = language;
    const failed = phase === 'failed' && failure ? t(`error.${failure}.title`) : undefined;
    this.ownerDocument.title = failed ?? dashboard?.title ?? 'Vitrine';
    this.#showTheme(theme ?? (phase === 'failed' ? preferredTheme() : undefined), root);
  }

  #shownDrawer: 'left' | 'right' | undefined;

  /** A pane that lies over the content takes the focus, and gives it back to its button. */
  protected override updated(): void {
    const { drawer } = this.state;
    if (drawer === this.#shownDrawer) return;
    const closed = this.#shownDrawer;
    this.#shownDrawer = drawer;
    if (drawer) this.renderRoot.querySelector<HTMLElement>(`.${drawer}.pane`)?.focus();
    else if (closed) this.renderRoot.querySelector('vitrine-header')?.focusPaneButton(closed);
  }

  #shownTheme: unknown;

  /** Properties are set through the object model; a theme that is not one shows as the built-in one. */
  #showTheme(theme: Theme | undefined, root: HTMLElement): void {
    if (!theme || theme === this.#shownTheme) return;
    this.#shownTheme = theme;
    let properties: Readonly<Record<string, string>>;
    try {
      properties = themeCss(theme);
    } catch {
      properties = themeCss(lightTheme);
    }
    for (const [name, value] of Object.entries(properties)) root.style.setProperty(name, value);
  }

  readonly #onTooltip = (event: TooltipEvent) => {
    this.tooltip = event.model ? event : undefined;
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.state.drawer) this.#closeDrawer();
  };

  readonly #closeDrawer = () => {
    this.viewer.store.dispatch({ type: 'drawer-toggled', drawer: undefined });
  };

  /** Past all that stands before a part of the page: a table alone can be a hundred steps. */
  #skipLink(part: string, text: string) {
    const skip = (event: Event) => {
      event.preventDefault();
      const target = this.renderRoot.querySelector<HTMLElement>(part);
      if (target?.checkVisibility() === false) {
        this.viewer.store.dispatch({ type: 'drawer-toggled', drawer: 'right' });
      } else target?.focus();
    };
    return html`<a class="skip" href="#content" @click=${skip}>${text}</a>`;
  }
}

function preferredTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? darkTheme : lightTheme;
}
