import {
  type ClickTarget,
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
import { RovingFocus } from './roving-focus.ts';
import { nextSort, sortRows, type TableSort } from './sort-rows.ts';
import { tableStyles } from './vitrine-table.styles.ts';
import { PickEvent } from './widget-events.ts';

const firstRows = 100;
const moreRows = 200;

/**
 * Rows and columns; heads sort, members filter where `pickable`. With something to press it is a grid: one tab stop, arrow
 * keys read its values. With nothing it is a plain table in a region that Tab reaches and arrow keys scroll.
 */
export class VitrineTable extends LitElement {
  @property({ attribute: false }) widget!: Widget;
  @property({ attribute: false }) result!: QueryResult;
  @property({ attribute: false }) t!: Translate;
  @property() locale = 'en-US';
  @property({ type: Boolean }) pickable = false;
  @state() private sort: TableSort | undefined;
  @state() private shown = firstRows;

  readonly #focus = new RovingFocus(this, () => this.#gridRows);
  readonly #edges = new EdgeHints(this);

  static override readonly styles = [baseStyles, tableStyles];

  override render(): TemplateResult {
    const { columns, rows, truncated } = tableModel(this.widget, this.result);
    const sorted = sortRows(rows, this.#sorts ? this.sort : undefined, this.locale);
    const visible = sorted.slice(0, this.shown);
    const name = this.widget.title || this.t('widget.untitled');
    const isGrid = this.#isGrid;
    return html`
      <div
        class="rows scroll"
        role=${isGrid ? nothing : 'group'}
        aria-label=${isGrid ? nothing : name}
        tabindex=${isGrid ? nothing : 0}
        @scroll=${this.#edges.update}
      >
        <table
          role=${isGrid ? 'grid' : nothing}
          aria-label=${isGrid ? name : nothing}
          aria-describedby=${isGrid ? 'keys' : nothing}
          @keydown=${this.#focus.onKey}
          @focusin=${this.#focus.onFocus}
        >
          <thead><tr>${columns.map((column) => this.#head(column))}</tr></thead>
          <tbody>${visible.map((row) => this.#row(columns, row))}</tbody>
        </table>
      </div>
      <span id="keys" hidden>${this.t(this.pickable ? 'chart.keysFilter' : 'chart.keys')}</span>
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
  get #sorts(): boolean {
    return !this.result.truncated;
  }

  get #isGrid(): boolean {
    return this.#sorts || this.pickable;
  }

  /** The head is the grid's first row where it sorts. */
  get #gridRows(): ArrayLike<HTMLTableRowElement> {
    const table = this.renderRoot.querySelector('table');
    if (!table || !this.#isGrid) return [];
    return this.#sorts ? table.rows : (table.tBodies[0]?.rows ?? []);
  }

  #head({ title, align, index, isMeasure }: TableColumn) {
    if (!this.#sorts)
      return html`<th scope="col" class=${align}><span class="head">${title}</span></th>`;
    const direction = this.sort?.index === index ? this.sort.direction : undefined;
    const choose = () => {
      this.sort = nextSort(this.sort, index, isMeasure);
    };
    return html`
      <th scope="col" class=${align} aria-sort=${direction ?? nothing}>
        <button type="button" tabindex="-1" title=${this.t('table.sortBy', { name: title })} @click=${choose}>
          ${title}${direction === 'ascending' ? icons.up : icons.down}
        </button>
      </th>
    `;
  }

  #row(columns: readonly TableColumn[], row: readonly TableCell[]) {
    const isDimmed = row.some((cell) => cell.dimmed);
    const members = columns.filter(({ isMeasure }) => !isMeasure);
    const key = JSON.stringify(members.map(({ index }) => row[index]?.data));
    return html`<tr class=${isDimmed ? 'dimmed' : nothing} data-key=${key}>${columns.map((column) => this.#cell(column, row[column.index]))}</tr>`;
  }

  #cell(column: TableColumn, cell: TableCell | undefined) {
    const { text, data, bar } = cell ?? { text: '', data: null };
    const target =
      this.pickable && !column.isMeasure ? targetOf(column.item, data, text) : undefined;
    const tabindex = this.#isGrid && !target ? -1 : nothing;
    const content = target ? this.#button(target, text) : text;
    if (!bar)
      return html`<td class=${column.align} title=${text} tabindex=${tabindex}>${content}</td>`;
    // As a background's position counts: 0 is the left end of the room that the bar leaves, 1 the right one.
    const start = bar.length < 1 ? bar.start / (1 - bar.length) : 0;
    return html`<td
      class="bar ${column.align}"
      title=${text}
      tabindex=${tabindex}
      ${cssProperties({ '--start': start, '--length': bar.length })}
    >${content}</td>`;
  }

  #button(target: ClickTarget, text: string) {
    const pick = ({ ctrlKey, metaKey, shiftKey }: MouseEvent | KeyboardEvent) => {
      this.dispatchEvent(new PickEvent(target, ctrlKey || metaKey || shiftKey));
    };
    // A browser presses no button with ctrl and Enter; a chart takes them.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      pick(event);
    };
    return html`<button
      type="button"
      tabindex="-1"
      title=${this.t('table.filterBy', { value: text })}
      @click=${pick}
      @keydown=${onKey}
    >${text}</button>`;
  }

  /** With the last rows the button goes: whoever pressed it goes on at the first of them. */
  readonly #more = async () => {
    const first = this.shown;
    this.shown += moreRows;
    await this.updateComplete;
    if (this.renderRoot.querySelector('.foot button') !== null) return;
    if (this.#isGrid) this.#focus.enter(first + Number(this.#sorts));
    else this.renderRoot.querySelector<HTMLElement>('.rows')?.focus();
  };
}
