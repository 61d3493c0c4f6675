import {
  type QueryResult,
  type TableCell,
  type TableColumn,
  tableModel,
  targetOf,
  type Widget,
} from '@vitrine/charts';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icons } from '../app/icons.ts';
import type { Translate } from '../i18n/translate.ts';
import { baseStyles } from '../styles/base.ts';
import { cssProperties } from '../styles/css-properties.ts';
import { nextSort, sortRows, type TableSort } from './sort-rows.ts';
import { PickEvent } from './widget-events.ts';

const firstRows = 100;
const moreRows = 200;

/** Rows and columns; heads sort, members filter where `pickable`. */
export class VitrineTable extends LitElement {
  @property({ attribute: false }) widget!: Widget;
  @property({ attribute: false }) result!: QueryResult;
  @property({ attribute: false }) t!: Translate;
  @property() locale = 'en-US';
  @property({ type: Boolean }) pickable = false;
  @state() private sort: TableSort | undefined;
  @state() private shown = firstRows;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100%;
        min-height: 0;
        container-type: inline-size;
      }
      /* Where room is scarce the first column takes what the figures leave. */
      @container (max-width: 560px) {
        td:first-child {
          width: 100%;
          min-width: 13ch;
          max-width: 0 !important;
        }
        th {
          white-space: normal !important;
          line-height: 1.2;
        }
      }
      @container (max-width: 440px) {
        td {
          max-width: 15ch;
          padding: 0 6px !important;
        }
        th button,
        th span.head {
          padding: 0 6px !important;
        }
        td:first-child,
        th:first-child > * {
          padding-inline-start: 8px !important;
        }
      }
      .rows {
        flex: 1;
        min-height: 0;
        overflow: auto;
        margin: 0 -16px;
        padding: 0 8px;
      }
      .rows.more-right {
        mask-image: linear-gradient(to left, transparent, #000 32px);
      }
      .rows.more-left {
        mask-image: linear-gradient(to right, transparent, #000 32px);
      }
      .rows.more-left.more-right {
        mask-image: linear-gradient(to right, transparent, #000 32px calc(100% - 32px), transparent);
      }
      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 0;
        font-size: var(--v-small);
        font-variant-numeric: tabular-nums;
      }
      th {
        position: sticky;
        top: 0;
        z-index: 1;
        padding: 0;
        background: var(--v-surface);
        border-bottom: 1px solid var(--v-border);
        font-weight: 500;
        color: var(--v-muted);
        white-space: nowrap;
      }
      th button,
      th span.head {
        display: flex;
        align-items: center;
        gap: 3px;
        width: 100%;
        min-height: 30px;
        padding: 0 8px;
        font-size: var(--v-tiny);
        font-weight: 500;
        border-radius: 5px;
      }
      th button:hover {
        color: var(--v-text);
      }
      th button:focus-visible {
        outline-offset: -3px;
      }
      th.end button,
      th.end span.head {
        justify-content: flex-end;
      }
      th svg {
        width: 12px;
        height: 12px;
        opacity: 0;
      }
      th[aria-sort] svg {
        opacity: 1;
        color: var(--v-accent);
      }
      th.end svg {
        order: -1;
      }
      td {
        height: 32px;
        padding: 0 8px;
        border-bottom: 1px solid var(--vitrine-color-grid, var(--v-border));
        max-width: 30ch;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      td.end {
        text-align: right;
      }
      tbody tr:last-child td {
        border-bottom-color: transparent;
      }
      tbody tr:hover td {
        background-color: var(--v-hover);
      }
      tr.dimmed td {
        opacity: 0.38;
      }
      td.bar {
        background-image: linear-gradient(var(--v-accent-soft), var(--v-accent-soft));
        background-repeat: no-repeat;
        background-size: calc(var(--length) * 100%) 20px;
        background-position: calc(var(--start) * 100%) 50%;
      }
      td button {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        border-radius: 4px;
        vertical-align: middle;
      }
      td button:hover {
        color: var(--v-accent);
        text-decoration: underline;
        text-underline-offset: 2px;
      }
      td button:focus-visible {
        outline-offset: -1px;
      }
      .foot {
        display: flex;
        align-items: center;
        gap: 12px;
        padding-top: 8px;
        font-size: var(--v-tiny);
        color: var(--v-muted);
      }
      @media print {
        .rows {
          overflow: visible;
          mask-image: none !important;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { columns, rows, truncated } = tableModel(this.widget, this.result);
    const sorted = sortRows(rows, truncated ? undefined : this.sort, this.locale);
    const visible = sorted.slice(0, this.shown);
    return html`
      <div class="rows scroll" @scroll=${this.#hint} tabindex="0" role="group" aria-label=${this.widget.title || this.t('widget.untitled')}>
        <table>
          <thead><tr>${columns.map((column) => this.#head(column, truncated))}</tr></thead>
          <tbody>${visible.map((row) => this.#row(columns, row))}</tbody>
        </table>
      </div>
      ${
        truncated || rows.length > visible.length
          ? html`<div class="foot">
              <span>${
                truncated
                  ? this.t('widget.truncated', { count: rows.length })
                  : this.t('widget.rows', { count: rows.length })
              }</span>
              ${
                rows.length > visible.length
                  ? html`<button class="link-button" type="button" @click=${this.#more}>${this.t('widget.moreRows')}</button>`
                  : nothing
              }
            </div>`
          : nothing
      }
    `;
  }

  readonly #widths = new ResizeObserver(() => this.#hint());

  protected override firstUpdated(): void {
    const table = this.renderRoot.querySelector('table');
    this.#widths.observe(this);
    if (table) this.#widths.observe(table);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#widths.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  /** Columns beyond an edge fade out there: a sign that the table goes on. */
  readonly #hint = () => {
    const rows = this.renderRoot.querySelector('.rows');
    if (!rows) return;
    const { scrollLeft, scrollWidth, clientWidth } = rows;
    rows.classList.toggle('more-left', scrollLeft > 1);
    rows.classList.toggle('more-right', scrollLeft + clientWidth < scrollWidth - 1);
  };

  /** A cut result is not sorted here: its first rows are not those of the whole. */
  #head({ title, align, index, isMeasure }: TableColumn, truncated: boolean) {
    if (truncated)
      return html`<th scope="col" class=${align}><span class="head">${title}</span></th>`;
    const direction = this.sort?.index === index ? this.sort.direction : undefined;
    const choose = () => {
      this.sort = nextSort(this.sort, index, isMeasure);
    };
    return html`
      <th scope="col" class=${align} aria-sort=${direction ?? nothing}>
        <button type="button" title=${this.t('table.sortBy', { name: title })} @click=${choose}>
          ${title}${direction === 'ascending' ? icons.up : icons.down}
        </button>
      </th>
    `;
  }

  #row(columns: readonly TableColumn[], row: readonly TableCell[]) {
    const isDimmed = row.some((cell) => cell.dimmed);
    return html`<tr class=${isDimmed ? 'dimmed' : nothing}>${columns.map((column) => this.#cell(column, row[column.index]))}</tr>`;
  }

  #cell(column: TableColumn, cell: TableCell | undefined) {
    if (!cell) return html`<td></td>`;
    const { text, data, bar } = cell;
    const target =
      this.pickable && !column.isMeasure ? targetOf(column.item, data, text) : undefined;
    const content = target
      ? html`<button
          type="button"
          title=${this.t('table.filterBy', { value: text })}
          @click=${(event: MouseEvent) =>
            this.dispatchEvent(
              new PickEvent(target, event.ctrlKey || event.metaKey || event.shiftKey),
            )}
        >${text}</button>`
      : text;
    if (!bar) return html`<td class=${column.align} title=${text}>${content}</td>`;
    // As a background's position counts: 0 is the left end of the room that the bar leaves, 1 the right one.
    const start = bar.length < 1 ? bar.start / (1 - bar.length) : 0;
    return html`<td
      class="bar ${column.align}"
      title=${text}
      ${cssProperties({ '--start': start, '--length': bar.length })}
    >${content}</td>`;
  }

  readonly #more = () => {
    this.shown += moreRows;
  };
}
