import {
  isChart,
  isEmptyChart,
  type MemberColors,
  type QueryResult,
  type Theme,
  type Widget,
} from '@vitrine/charts';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icons } from '../app/icons.ts';
import type { Translate } from '../i18n/translate.ts';
import type { WidgetState } from '../store/state.ts';
import { baseStyles } from '../styles/base.ts';
import { skeletonOf, skeletonStyles } from './skeleton.ts';
import { widgetStyles } from './vitrine-widget.styles.ts';
import { ExportWidgetEvent, RetryEvent } from './widget-events.ts';

/** The card around one widget: title, actions, and its content in the state it is in. */
export class VitrineWidget extends LitElement {
  @property({ attribute: false }) widget!: Widget;
  @property({ attribute: false }) data: WidgetState | undefined;
  @property({ attribute: false }) theme!: Theme;
  @property({ attribute: false }) colors: MemberColors = {};
  @property({ attribute: false }) t!: Translate;
  @property() locale = 'en-US';
  @property({ type: Boolean }) pickable = false;
  @property({ type: Boolean }) exportable = false;
  @state() private asTable = false;

  #bodyHadFocus = false;

  static override readonly styles = [baseStyles, skeletonStyles, widgetStyles];

  protected override willUpdate(): void {
    this.#bodyHadFocus = this.shadowRoot?.activeElement?.closest('.body') != null;
  }

  /** A chart or table that makes room for a notice leaves the focus to it, not to the start of the page. */
  protected override updated(): void {
    if (!this.#bodyHadFocus || this.shadowRoot?.activeElement) return;
    this.renderRoot.querySelector<HTMLElement>('.body')?.focus();
  }

  override render(): TemplateResult {
    const { widget, t } = this;
    const name = widget.title || t('widget.untitled');
    const actions = this.#actions(name);
    const isStale = this.data !== undefined && 'stale' in this.data && this.data.stale;
    return html`
      <section class="card ${widget.type}" aria-label=${name} aria-busy=${isStale || this.#isLoading}>
        ${
          widget.title || widget.subtitle
            ? html`<header class=${actions === nothing ? nothing : 'acted'}>
                <div class="titles">
                  ${widget.title ? html`<h2 title=${widget.title}>${widget.title}</h2>` : nothing}
                  ${widget.subtitle ? html`<p title=${widget.subtitle}>${widget.subtitle}</p>` : nothing}
                </div>
              </header>`
            : nothing
        }
        ${actions}
        <div class=${isStale ? 'body stale' : 'body'} tabindex="-1">${this.#body(name)}</div>
        ${isStale ? html`<div class="progress"></div>` : nothing}
      </section>
    `;
  }

  get #isLoading(): boolean {
    return this.widget.type !== 'richtext' && (this.data?.status ?? 'loading') === 'loading';
  }

  #body(name: string): unknown {
    const { widget, data, t, locale } = this;
    if (widget.type === 'richtext') {
      return html`<div class="text scroll"><vitrine-richtext .source=${widget.text ?? ''}></vitrine-richtext></div>`;
    }
    switch (data?.status) {
      case undefined:
      case 'loading':
        return html`<span class="sr-only">${t('widget.loading', { name })}</span>${skeletonOf(widget.type)}`;
      case 'error':
        return html`
          <div class="state" role="alert">
            ${icons.alert}
            <strong>${t(`error.${data.code}.title`)}</strong>
            <span>${t(`error.${data.code}.hint`)}</span>
            <button class="button" type="button" @click=${this.#retry}>${t('app.retry')}</button>
          </div>
        `;
      case 'empty':
      case 'ready':
        if (widget.type === 'indicator') {
          return html`<vitrine-indicator .widget=${widget} .result=${data.result} locale=${locale}></vitrine-indicator>`;
        }
        return this.#isEmpty(data.result)
          ? html`<div class="state">
              ${icons.empty}<strong>${t('widget.empty')}</strong><span>${t('widget.emptyHint')}</span>
            </div>`
          : this.#content(data.result);
    }
  }

  #content(result: QueryResult) {
    const { widget, theme, colors, t, locale, pickable } = this;
    if (widget.type === 'table' || this.asTable) {
      return html`<vitrine-table .widget=${widget} .result=${result} .t=${t} locale=${locale} ?pickable=${pickable}></vitrine-table>`;
    }
    return html`<vitrine-chart .widget=${widget} .result=${result} .theme=${theme} .colors=${colors} .t=${t} locale=${locale} ?pickable=${pickable}></vitrine-chart>`;
  }

  #isEmpty(result: QueryResult): boolean {
    if (result.values.length === 0) return true;
    return isChart(this.widget) && isEmptyChart(result, this.locale);
  }

  #actions(name: string) {
    const { data, widget, t } = this;
    if (data?.status !== 'ready' || widget.type === 'indicator') return nothing;
    const hasTable = isChart(widget);
    if (!hasTable && !this.exportable) return nothing;
    const toggleText = t(this.asTable ? 'widget.viewChart' : 'widget.viewTable');
    return html`
      <div class="actions" role="group" aria-label=${t('widget.actions', { name })}>
        ${
          hasTable
            ? html`<button
                class="icon-button"
                type="button"
                title=${toggleText}
                aria-label=${toggleText}
                @click=${this.#toggleTable}
              >${this.asTable ? icons.chart : icons.table}</button>`
            : nothing
        }
        ${
          this.exportable
            ? html`<button
                class="icon-button"
                type="button"
                title=${t('export.csv')}
                aria-label=${t('export.csv')}
                @click=${this.#export}
              >${icons.download}</button>`
            : nothing
        }
      </div>
    `;
  }

  readonly #toggleTable = () => {
    this.asTable = !this.asTable;
  };

  readonly #retry = () => this.dispatchEvent(new RetryEvent(this.widget.oid));

  readonly #export = () => this.dispatchEvent(new ExportWidgetEvent(this.widget.oid));
}
