import { type ViewFilter, viewLevels } from '@vitrine/charts';
import { css, html, nothing, type TemplateResult } from 'lit';
import { describeFilter } from '../filters/describe-filter.ts';
import { readCondition } from '../filters/filter-condition.ts';
import { keyOfFilter } from '../filters/filter-key.ts';
import { restrictingFilters } from '../filters/filters-in-force.ts';
import { filtersOf, mayFilter } from '../store/selectors.ts';
import { baseStyles } from '../styles/base.ts';
import { icons } from './icons.ts';
import { ViewerElement } from './viewer-element.ts';

/** The filters that restrict something, each with a way to let go of it. */
export class VitrineChips extends ViewerElement {
  static override readonly styles = [
    baseStyles,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin: 0 0 var(--chips-end, 14px);
        padding: 0;
        list-style: none;
      }
      li {
        display: inline-flex;
        align-items: center;
        max-width: 100%;
        height: 28px;
        padding: 0 10px;
        border: 1px solid var(--v-border);
        border-radius: 14px;
        background: var(--v-surface);
        font-size: var(--v-tiny);
        color: var(--v-text);
      }
      li.bone {
        width: 180px;
        border-color: transparent;
      }
      li.clearable {
        padding-inline-end: 3px;
      }
      .name {
        color: var(--v-muted);
        margin-inline-end: 6px;
        white-space: nowrap;
      }
      .value {
        font-weight: 500;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li > svg {
        width: 13px;
        height: 13px;
        margin-inline-start: 6px;
        color: var(--v-muted);
      }
      button {
        display: grid;
        place-items: center;
        width: 22px;
        height: 22px;
        margin-inline-start: 4px;
        border-radius: 50%;
        color: var(--v-muted);
      }
      button:hover {
        background: var(--v-hover);
        color: var(--v-text);
      }
      button svg {
        width: 12px;
        height: 12px;
      }
      @media print {
        button {
          display: none;
        }
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const filters = restrictingFilters(filtersOf(this.state));
    // Most dashboards have filters: their room is kept, so that the widgets do not move down when they arrive.
    if (!this.state.dashboard || !this.state.session) {
      return html`<ul aria-hidden="true"><li class="bone"></li></ul>`;
    }
    if (filters.length === 0) return nothing;
    return html`
      <ul aria-label=${this.state.t('chips.label')}>${filters.map((filter) => this.#chip(filter))}</ul>
    `;
  }

  #chip(filter: ViewFilter) {
    const { t, session, language } = this.state;
    const items = viewLevels(filter).filter(
      ({ jaql }) => readCondition(jaql.filter).kind !== 'all',
    );
    const context = { t, language, locale: session?.locale ?? language };
    const name = items.map(({ jaql }) => jaql.title ?? jaql.column ?? '').join(' › ');
    const value = items.map((item) => describeFilter(item, context)).join(' › ');
    const isClearable = mayFilter(this.state) && !filter.locked;
    return html`
      <li class=${isClearable ? 'clearable' : nothing} title=${`${name}: ${value}`}>
        ${name ? html`<span class="name">${name}</span>` : nothing}<span class="value">${value}</span>
        ${filter.locked ? icons.lock : nothing}
        ${
          isClearable
            ? html`<button
                type="button"
                aria-label=${t('filter.clearNamed', { name })}
                @click=${() => this.viewer.clearFilter(keyOfFilter(filter))}
              >${icons.close}</button>`
            : nothing
        }
      </li>
    `;
  }
}
