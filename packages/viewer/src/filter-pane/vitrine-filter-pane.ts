import { type ViewCascade, type ViewFilter, type ViewItem, viewLevels } from '@vitrine/charts';
import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icons } from '../app/icons.ts';
import { ViewerElement } from '../app/viewer-element.ts';
import { keyOfFilter } from '../filters/filter-key.ts';
import type { LevelPlace } from '../filters/level-filters.ts';
import { changesOf, filtersOf, mayFilter } from '../store/selectors.ts';
import { baseStyles } from '../styles/base.ts';

/** All filters of the dashboard and those the reader added, each with its control. */
export class VitrineFilterPane extends ViewerElement {
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
      </aside>
    `;
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
      ></vitrine-filter>
    `;
  }

  readonly #close = () => {
    this.viewer.store.dispatch({ type: 'drawer-toggled', drawer: undefined });
  };
}
