import {
  type QueryResult,
  type TableCell,
  type TableColumn,
  tableModel,
  targetOf,
  type Widget,
} from '@vitrine/charts';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icons } from '../app/icons.ts';
import type { Translate } from '../i18n/translate.ts';
import { baseStyles } from '../styles/base.ts';
import { cssProperties } from '../styles/css-properties.ts';
import { EdgeHints } from './edge-hints.ts';
import { nextSort, sortRows, type TableSort } from './sort-rows.ts';
import { tableStyles } from './vitrine-table.styles.ts';
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

  readonly #edges = new EdgeHints(this);

  static override readonly styles = [baseStyles, tableStyles];

  override render(): TemplateResult {
    const { columns, rows, truncated } = tableModel(this.widget, this.result);
    const sorted = sortRows(rows, truncated ? undefined : this.sort, this.locale);
    const visible = sorted.slice(0, this.shown);
    return html`
      <div class="rows scroll" @scroll=${this.#edges.update} tabindex="0" role="group" aria-label=${this.widget.title || this.t('widget.untitled')}>
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
