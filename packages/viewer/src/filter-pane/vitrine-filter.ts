import { type ViewItem, viewLevels } from '@vitrine/charts';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icons } from '../app/icons.ts';
import { ViewerElement } from '../app/viewer-element.ts';
import { describeFilter } from '../filters/describe-filter.ts';
import { readCondition } from '../filters/filter-condition.ts';
import { filterControlKind } from '../filters/filter-control-kind.ts';
import { keyOfItem, levelKey } from '../filters/filter-key.ts';
import type { LevelPlace } from '../filters/level-filters.ts';
import { withFilter } from '../filters/toggle-member.ts';
import { baseStyles } from '../styles/base.ts';
import type { FilterChosenEvent } from './filter-chosen-event.ts';

/** Time from the last change in a control to the request it makes. */
const settleMs = 350;

/** One filter: what it is, what it says, and on request the control to change it. */
export class VitrineFilter extends ViewerElement {
  @property({ attribute: false }) item!: ViewItem;
  /** Where the item is a level of a cascading filter. */
  @property({ attribute: false }) place: LevelPlace | undefined;
  @property({ type: Boolean }) editable = false;
  /** Just added: open, with the focus in it. */
  @property({ type: Boolean }) fresh = false;
  @state() private open = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        border-top: 1px solid var(--v-border);
      }
      .summary {
        display: flex;
        align-items: center;
        gap: 8px;
        width: 100%;
        padding: 11px 0;
        border-radius: 5px;
      }
      .texts {
        flex: 1;
        min-width: 0;
      }
      h3 {
        margin: 0;
        font-size: var(--v-small);
        font-weight: 500;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .value {
        display: block;
        font-size: var(--v-tiny);
        color: var(--v-muted);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .value.set {
        color: var(--v-accent);
        font-weight: 500;
      }
      .summary > svg {
        color: var(--v-muted);
      }
      .summary > .chevron {
        display: grid;
        color: var(--v-muted);
        transition: transform 140ms var(--v-ease);
      }
      .summary[aria-expanded='true'] > .chevron {
        transform: rotate(180deg);
      }
      .control {
        padding: 0 0 16px;
      }
      .remove {
        margin-top: 12px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { item, editable } = this;
    const { t, session, language } = this.state;
    const name = item.jaql.title ?? item.jaql.column ?? '';
    const value = describeFilter(item, {
      t,
      language,
      locale: session?.locale ?? language,
      maxMembers: 3,
    });
    const isSet = readCondition(item.jaql.filter).kind !== 'all';
    const texts = html`
      <div class="texts">
        <h3>${name}</h3>
        <span class=${isSet ? 'value set' : 'value'} title=${value}>${value}</span>
      </div>
    `;
    if (!editable) {
      return html`<div class="summary">
        ${texts}${item.locked ? html`<span title=${t('filter.locked')} role="img" aria-label=${t('filter.locked')}>${icons.lock}</span>` : nothing}
      </div>`;
    }
    return html`
      <button class="summary" type="button" aria-expanded=${this.open} @click=${this.#toggle}>
        ${texts}<span class="chevron">${icons.chevron}</span>
      </button>
      ${
        this.open
          ? html`<div class="control" @vitrine-filter-chosen=${this.#onChosen}>
              ${this.#control(name)}
              ${
                this.#isAdded
                  ? html`<button class="link-button remove" type="button" @click=${this.#onCleared}>${t('filter.remove')}</button>`
                  : nothing
              }
            </div>`
          : nothing
      }
    `;
  }

  protected override firstUpdated(): void {
    if (!this.fresh) return;
    this.open = true;
    this.renderRoot.querySelector<HTMLElement>('.summary')?.focus();
  }

  /** Not one of the dashboard's: the reader, or the page around, has added it. */
  get #isAdded(): boolean {
    const stored = this.state.dashboard?.filters ?? [];
    const key = keyOfItem(this.item);
    return !this.place && !stored.flatMap(viewLevels).some((item) => keyOfItem(item) === key);
  }

  #control(name: string) {
    const { item, place, viewer } = this;
    const { t, session, members, language } = this.state;
    const locale = session?.locale ?? 'en-US';
    switch (filterControlKind(item)) {
      case 'members':
        return html`<vitrine-members-filter
          .item=${item}
          .offered=${members[place ? levelKey(place.cascade, place.index) : keyOfItem(item)]}
          .t=${t}
          locale=${locale}
          .load=${(term: string, next: boolean) => viewer.loadMembers({ item, place, term, next })}
        ></vitrine-members-filter>`;
      case 'range':
        return html`<vitrine-range-filter .item=${item} .t=${t} name=${name}></vitrine-range-filter>`;
      case 'dates':
        return html`<vitrine-date-filter
          .item=${item}
          .t=${t}
          language=${language}
          locale=${locale}
          name=${name}
        ></vitrine-date-filter>`;
      case 'text':
        return html`<button class="button" type="button" @click=${this.#onCleared}>${t('filter.clear')}</button>`;
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  readonly #toggle = () => {
    this.open = !this.open;
  };

  /** Controls show a choice at once; the service hears of it when the reader has come to rest. */
  readonly #onChosen = ({ filter }: FilterChosenEvent) => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#choose(filter), settleMs);
  };

  readonly #onCleared = () => {
    if (this.place) this.#choose(undefined);
    else this.viewer.clearFilter(keyOfItem(this.item));
  };

  #choose(filter: FilterChosenEvent['filter']): void {
    if (this.place) void this.viewer.setLevel(this.place, filter);
    else this.viewer.setFilter(withFilter(this.item, filter));
  }
}
