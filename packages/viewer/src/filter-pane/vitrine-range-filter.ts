import type { ViewItem } from '@vitrine/charts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { readCondition, writeCondition } from '../filters/filter-condition.ts';
import type { Translate } from '../i18n/translate.ts';
import { baseStyles } from '../styles/base.ts';
import { fieldStyles } from './field.styles.ts';
import { FilterChosenEvent } from './filter-chosen-event.ts';

/** A number range, open at either end. */
export class VitrineRangeFilter extends LitElement {
  @property({ attribute: false }) item!: ViewItem;
  @property({ attribute: false }) t!: Translate;
  @property() name = '';
  @state() private from = '';
  @state() private to = '';

  static override readonly styles = [baseStyles, fieldStyles];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('item')) return;
    const condition = readCondition(this.item.jaql.filter);
    const range = condition.kind === 'range' ? condition : undefined;
    this.from = range?.from ? String(range.from.value) : '';
    this.to = range?.to ? String(range.to.value) : '';
  }

  override render(): TemplateResult {
    const { t, from, to } = this;
    const field = (label: string, value: string, end: 'from' | 'to') => html`
      <label class="field">${label}
        <input
          class="box"
          type="number"
          step="any"
          inputmode="decimal"
          aria-label=${`${this.name}: ${label}`}
          aria-invalid=${this.#isReversed}
          .value=${value}
          @input=${(event: InputEvent) => this.#onInput(end, event)}
        />
      </label>
    `;
    return html`
      <div class="pair">${field(t('filter.from'), from, 'from')}${field(t('filter.to'), to, 'to')}</div>
      ${this.#isReversed ? html`<p class="problem" role="alert">${t('filter.rangeInvalid')}</p>` : nothing}
    `;
  }

  get #isReversed(): boolean {
    return this.from !== '' && this.to !== '' && Number(this.from) > Number(this.to);
  }

  #onInput(end: 'from' | 'to', event: InputEvent): void {
    this[end] = (event.target as HTMLInputElement).value;
    if (this.#isReversed) return;
    const bound = (text: string) =>
      text === '' || !Number.isFinite(Number(text))
        ? undefined
        : { value: Number(text), open: false };
    const from = bound(this.from);
    const to = bound(this.to);
    const condition = { kind: 'range', ...(from ? { from } : {}), ...(to ? { to } : {}) } as const;
    this.dispatchEvent(new FilterChosenEvent(writeCondition(condition)));
  }
}
