import type { ViewItem } from '@vitrine/charts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { readCondition, writeCondition } from '../filters/filter-condition.ts';
import type { Translate } from '../i18n/translate.ts';
import { baseStyles } from '../styles/base.ts';
import { fieldStyles } from './field.styles.ts';
import { FilterChosenEvent } from './filter-chosen-event.ts';

/** A date range, both ends included, open at either end. */
export class VitrineDateFilter extends LitElement {
  @property({ attribute: false }) item!: ViewItem;
  @property({ attribute: false }) t!: Translate;
  @property() name = '';
  @state() private from = '';
  @state() private to = '';

  static override readonly styles = [baseStyles, fieldStyles];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('item')) return;
    const condition = readCondition(this.item.jaql.filter);
    const range = condition.kind === 'dates' ? condition : undefined;
    this.from = (range?.from ?? '').slice(0, 10);
    this.to = (range?.to ?? '').slice(0, 10);
  }

  override render(): TemplateResult {
    const { t } = this;
    return html`
      <div class="pair stacked">
        ${this.#field(t('filter.from'), this.from, 'from')}
        ${this.#field(t('filter.to'), this.to, 'to')}
      </div>
      ${this.#isReversed ? html`<p class="problem" role="alert">${t('filter.rangeInvalid')}</p>` : nothing}
    `;
  }

  #field(label: string, value: string, end: 'from' | 'to') {
    return html`
      <label class="field">${label}
        <input
          class="box"
          type="date"
          aria-label=${`${this.name}: ${label}`}
          aria-invalid=${this.#isReversed}
          .value=${value}
          @change=${(event: Event) => this.#onChange(end, event)}
        />
      </label>
    `;
  }

  get #isReversed(): boolean {
    return this.from !== '' && this.to !== '' && this.from > this.to;
  }

  #onChange(end: 'from' | 'to', event: Event): void {
    this[end] = (event.target as HTMLInputElement).value;
    if (this.#isReversed) return;
    const { from, to } = this;
    const condition = { kind: 'dates', ...(from ? { from } : {}), ...(to ? { to } : {}) } as const;
    this.dispatchEvent(new FilterChosenEvent(writeCondition(condition)));
  }
}
