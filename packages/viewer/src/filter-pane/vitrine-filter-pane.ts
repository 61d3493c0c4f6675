import { type ViewCascade, type ViewFilter, type ViewItem, viewLevels } from '@vitrine/charts';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { icons } from '../app/icons.ts';
import { ViewerElement } from '../app/viewer-element.ts';
import { addableFields } from '../filters/addable-fields.ts';
import { keyOfFilter } from '../filters/filter-key.ts';
import type { LevelPlace } from '../filters/level-filters.ts';
import { changesOf, filtersOf, mayFilter } from '../store/selectors.ts';
import { baseStyles } from '../styles/base.ts';

/** All filters of the dashboard and those the reader added, each with its control. */
export class VitrineFilterPane extends ViewerElement {
  @state() private offersFields = false;
  /** The filter that was added last: it opens by itself. */
  #added: string | undefined;

  static override readonly styles = [
    baseStyles,
    css`
      aside {
        padding: 18px 16px 24px;
      }
      .top {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 28px;
        margin-bottom: 6px;
      }
      h2 {
        flex: 1;
        margin: 0;
        font-size: var(--v-size);
        font-weight: 600;
      }
      .close {
        display: none;
      }
      .cascade > :not(:first-child) {
        margin-inline-start: 10px;
        padding-inline-start: 10px;
        border-inline-start: 2px solid var(--v-border);
      }
      p {
        margin: 4px 0 8px;
        font-size: var(--v-tiny);
        color: var(--v-muted);
      }
      .add {
        padding-top: 12px;
        border-top: 1px solid var(--v-border);
      }
      .add > button {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 28px;
      }
      .add ul {
        margin: 6px -8px 0;
        padding: 0;
        list-style: none;
      }
      .add li button {
        width: 100%;
        min-height: 32px;
        padding: 4px 8px;
        border-radius: var(--v-radius-small);
        font-size: var(--v-small);
      }
      .add li button:hover {
        background: var(--v-hover);
      }
      @media print {
        .add {
          display: none;
        }
      }
      @media (max-width: 1099px) {
        .close {
          display: grid;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { t, dashboard, session } = this.state;
    const filters = filtersOf(this.state);
    const isEditable = mayFilter(this.state);
    // Where the toolbar is shown, it has the same button.
    const isChanged = changesOf(this.state).length > 0 && !this.state.panes.toolbar;
    return html`
      <aside aria-label=${t('filters.title')}>
        <div class="top">
          <h2>${t('filters.title')}</h2>
          ${
            isChanged && isEditable
              ? html`<button class="link-button" type="button" @click=${() => this.viewer.resetFilters()}>${t('toolbar.reset')}</button>`
              : nothing
          }
          <button class="icon-button close" type="button" aria-label=${t('app.close')} @click=${this.#close}>${icons.close}</button>
        </div>
        ${dashboard && filters.length === 0 ? html`<p>${t('filters.none')}</p>` : nothing}
        ${session && filters.length > 0 && !isEditable ? html`<p>${t('filters.readOnly')}</p>` : nothing}
        ${repeat(filters, keyOfFilter, (filter) => this.#filter(filter, isEditable))}
        ${dashboard && isEditable ? this.#fields(addableFields(dashboard, filters)) : nothing}
      </aside>
    `;
  }

  /** What else can be restricted, for this session alone. */
  #fields(fields: readonly ViewItem[]) {
    if (fields.length === 0) return nothing;
    return html`
      <div class="add">
        <button
          class="link-button"
          type="button"
          aria-expanded=${this.offersFields}
          @click=${this.#toggleFields}
        >${icons.add}${this.state.t('filters.add')}</button>
        ${
          this.offersFields
            ? html`<ul @keydown=${this.#onKey}>
                ${fields.map(
                  (field) =>
                    html`<li><button type="button" @click=${() => this.#add(field)}>${field.jaql.title}</button></li>`,
                )}
              </ul>`
            : nothing
        }
      </div>
    `;
  }

  readonly #toggleFields = () => {
    this.offersFields = !this.offersFields;
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.offersFields = false;
    this.renderRoot.querySelector<HTMLElement>('.add > button')?.focus();
  };

  #add(field: ViewItem): void {
    this.#added = keyOfFilter(field);
    this.offersFields = false;
    this.viewer.setFilter(field);
  }

  #filter(filter: ViewFilter, isEditable: boolean) {
    return filter.isCascading === true
      ? this.#cascade(filter, isEditable)
      : this.#item(filter, isEditable);
  }

  /** The levels from the top down, each under the one that it depends on. */
  #cascade(cascade: ViewCascade, isEditable: boolean) {
    const items = viewLevels(cascade);
    const name = items.map(({ jaql }) => jaql.title ?? jaql.column ?? '').join(' › ');
    return html`
      <div class="cascade" role="group" aria-label=${name}>
        ${items.map((item, index) => this.#item(item, isEditable, { cascade, index }))}
      </div>
    `;
  }

  #item(item: ViewItem, isEditable: boolean, place?: LevelPlace) {
    return html`
      <vitrine-filter
        .viewer=${this.viewer}
        .item=${item}
        .place=${place}
        ?editable=${isEditable && !item.locked}
        ?fresh=${!place && keyOfFilter(item) === this.#added}
      ></vitrine-filter>
    `;
  }

  readonly #close = () => {
    this.viewer.store.dispatch({ type: 'drawer-toggled', drawer: undefined });
  };
}
