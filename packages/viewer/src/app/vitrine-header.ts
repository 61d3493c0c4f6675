import { css, html, nothing, type TemplateResult } from 'lit';
import { restrictingFilters } from '../filters/filters-in-force.ts';
import { changesOf, filtersOf } from '../store/selectors.ts';
import { baseStyles } from '../styles/base.ts';
import { icons } from './icons.ts';
import { ViewerElement } from './viewer-element.ts';

/** Title of the dashboard, its tools, and on narrow screens the way to the panes. */
export class VitrineHeader extends ViewerElement {
  static override readonly styles = [
    baseStyles,
    css`
      header {
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 60px;
        padding: 10px var(--v-page, 24px);
        border-bottom: 1px solid var(--v-border);
        background: var(--v-surface);
      }
      .titles {
        flex: 1;
        min-width: 0;
      }
      h1 {
        margin: 0;
        font-size: calc(var(--v-size) + 3px);
        font-weight: 600;
        line-height: 1.35;
        letter-spacing: -0.012em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      p {
        margin: 0;
        font-size: var(--v-tiny);
        color: var(--v-muted);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      vitrine-chips {
        --chips-end: 0px;
      }
      .bone {
        width: 200px;
        height: 16px;
        margin: 12px 0;
      }
      .tools {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .pane-button {
        display: none;
        position: relative;
      }
      .count {
        display: grid;
        place-items: center;
        min-width: 18px;
        height: 18px;
        padding: 0 5px;
        border-radius: 9px;
        background: var(--v-accent);
        color: var(--v-on-accent);
        font-size: 11px;
        font-weight: 600;
      }
      @media (max-width: 1099px) {
        .pane-button {
          display: inline-flex;
        }
      }
      @media (max-width: 719px) {
        header {
          gap: 8px;
          padding: 8px var(--v-page, 14px);
        }
        .label {
          display: none;
        }
        .button {
          padding: 0 9px;
        }
        p {
          display: none;
        }
        .print {
          display: none;
        }
      }
      @media print {
        .tools,
        .pane-button {
          display: none !important;
        }
        header {
          border: 0;
          padding: 0 0 8px;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { t, panes, dashboard, drawer } = this.state;
    const filterCount = restrictingFilters(filtersOf(this.state)).length;
    return html`
      <header>
        ${
          panes.left
            ? html`<button
                class="button pane-button of-left"
                type="button"
                aria-label=${t('nav.show')}
                aria-expanded=${drawer === 'left'}
                @click=${() => this.#toggle('left')}
              >${icons.menu}</button>`
            : nothing
        }
        <div class="titles">
          ${
            panes.header
              ? dashboard
                ? html`<h1 title=${dashboard.title}>${dashboard.title}</h1>
                    ${dashboard.description ? html`<p title=${dashboard.description}>${dashboard.description}</p>` : nothing}`
                : html`<div class="bone"></div>`
              : panes.toolbar
                ? html`<vitrine-chips .viewer=${this.viewer}></vitrine-chips>`
                : nothing
          }
        </div>
        ${panes.toolbar ? this.#tools() : nothing}
        ${
          panes.right
            ? html`<button
                class="button pane-button of-right"
                type="button"
                aria-label=${`${t('filters.show')}. ${t('filters.active', { count: filterCount })}`}
                aria-expanded=${drawer === 'right'}
                @click=${() => this.#toggle('right')}
              >${icons.filter}<span class="label">${t('filters.title')}</span>${
                filterCount > 0
                  ? html`<span class="count" aria-hidden="true">${filterCount}</span>`
                  : nothing
              }</button>`
            : nothing
        }
      </header>
    `;
  }

  #tools() {
    const { t, session } = this.state;
    const isChanged = changesOf(this.state).length > 0;
    return html`
      <div class="tools" role="toolbar" aria-label=${t('toolbar.label')}>
        ${
          isChanged
            ? html`<button class="button" type="button" aria-label=${t('toolbar.reset')} @click=${() => this.viewer.resetFilters()}>
                ${icons.reset}<span class="label">${t('toolbar.reset')}</span>
              </button>`
            : nothing
        }
        <button class="button print" type="button" aria-label=${t('toolbar.print')} title=${t('toolbar.print')} @click=${() => print()}>
          ${icons.print}
        </button>
        ${
          session?.abilities.export
            ? html`<vitrine-export-menu .viewer=${this.viewer}></vitrine-export-menu>`
            : nothing
        }
      </div>
    `;
  }

  focusPaneButton(side: 'left' | 'right'): void {
    this.renderRoot.querySelector<HTMLElement>(`.of-${side}`)?.focus();
  }

  #toggle(side: 'left' | 'right'): void {
    const drawer = this.state.drawer === side ? undefined : side;
    this.viewer.store.dispatch({ type: 'drawer-toggled', drawer });
  }
}
