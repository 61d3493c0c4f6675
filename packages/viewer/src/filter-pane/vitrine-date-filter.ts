import type { ViewItem } from '@vitrine/charts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { datePresets } from '../filters/date-presets.ts';
import { describeFilter } from '../filters/describe-filter.ts';
import {
  type FilterCondition,
  type RelativeCondition,
  readCondition,
  writeCondition,
} from '../filters/filter-condition.ts';
import { withFilter } from '../filters/toggle-member.ts';
import type { Translate } from '../i18n/translate.ts';
import { baseStyles } from '../styles/base.ts';
import { fieldStyles } from './field.styles.ts';
import { FilterChosenEvent } from './filter-chosen-event.ts';
import { modeButtons } from './mode-buttons.ts';

const mostPeriods = 10_000;

/** A date range, both ends included, open at either end; or periods counted from now. */
export class VitrineDateFilter extends LitElement {
  @property({ attribute: false }) item!: ViewItem;
  @property({ attribute: false }) t!: Translate;
  @property() language = 'en-US';
  @property() locale = 'en-US';
  @property() name = '';
  @state() private isRelative = false;
  @state() private from = '';
  @state() private to = '';
  @state() private relative: RelativeCondition | undefined;

  static override readonly styles = [baseStyles, fieldStyles];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('item')) return;
    const condition = readCondition(this.item.jaql.filter);
    const range = condition.kind === 'dates' ? condition : undefined;
    this.from = (range?.from ?? '').slice(0, 10);
    this.to = (range?.to ?? '').slice(0, 10);
    this.relative = condition.kind === 'relative' ? condition : undefined;
    if (condition.kind !== 'all') this.isRelative = condition.kind === 'relative';
  }

  override render(): TemplateResult {
    const { t, isRelative } = this;
    return html`
      ${modeButtons({
        label: t('filter.mode', { name: this.name }),
        choices: [
          { value: false, text: t('filter.dates') },
          { value: true, text: t('filter.relative') },
        ],
        chosen: isRelative,
        choose: (value) => {
          this.isRelative = value;
        },
      })}
      ${isRelative ? this.#periods() : this.#range()}
    `;
  }

  #range() {
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

  /** What most people look for is a click away; the rest is direction and number. */
  #periods() {
    const { t, relative } = this;
    const { direction = 'last', count } = relative ?? {};
    return html`
      <div class="presets" role="group" aria-label=${this.name}>
        ${datePresets(this.item.jaql.level).map((preset) => {
          const isChosen =
            relative !== undefined &&
            JSON.stringify(writeCondition(preset)) === JSON.stringify(writeCondition(relative));
          return html`<button type="button" aria-pressed=${isChosen} @click=${() => this.#choose(preset)}>${this.#wordsOf(preset)}</button>`;
        })}
      </div>
      <div class="pair">
        <label class="field">${t('filter.direction')}
          <select class="box" aria-label=${`${this.name}: ${t('filter.direction')}`} @change=${this.#onDirection}>
            <option value="last" ?selected=${direction === 'last'}>${t('filter.back')}</option>
            <option value="next" ?selected=${direction === 'next'}>${t('filter.ahead')}</option>
          </select>
        </label>
        <label class="field">${t('filter.howMany')}
          <input
            class="box"
            type="number"
            min="1"
            max=${mostPeriods}
            step="1"
            inputmode="numeric"
            aria-label=${`${this.name}: ${t('filter.howMany')}`}
            .value=${count === undefined ? '' : String(count)}
            @input=${this.#onCount}
          />
        </label>
      </div>
    `;
  }

  #wordsOf(condition: RelativeCondition): string {
    const { t, language, locale } = this;
    const item = withFilter(this.item, writeCondition(condition));
    return describeFilter(item, { t, language, locale });
  }

  get #isReversed(): boolean {
    return this.from !== '' && this.to !== '' && this.from > this.to;
  }

  #onChange(end: 'from' | 'to', event: Event): void {
    this[end] = (event.target as HTMLInputElement).value;
    if (this.#isReversed) return;
    const { from, to } = this;
    this.#tell({ kind: 'dates', ...(from ? { from } : {}), ...(to ? { to } : {}) });
  }

  readonly #onDirection = (event: Event) => {
    const direction = (event.target as HTMLSelectElement).value === 'next' ? 'next' : 'last';
    this.#choose({ ...(this.relative ?? this.#first), direction });
  };

  readonly #onCount = (event: InputEvent) => {
    const count = Number((event.target as HTMLInputElement).value);
    if (!Number.isInteger(count) || count < 1 || count > mostPeriods) return;
    this.#choose({ ...(this.relative ?? this.#first), count });
  };

  get #first(): RelativeCondition {
    return { kind: 'relative', direction: 'last', count: 1, offset: 0 };
  }

  #choose(relative: RelativeCondition): void {
    this.relative = relative;
    this.#tell(relative);
  }

  #tell(condition: FilterCondition): void {
    this.dispatchEvent(new FilterChosenEvent(writeCondition(condition)));
  }
}
