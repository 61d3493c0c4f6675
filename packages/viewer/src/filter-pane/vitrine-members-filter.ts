import type { CellValue, ViewItem } from '@vitrine/charts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Member } from '../api/read-members.ts';
import { icons } from '../app/icons.ts';
import { formatMember } from '../filters/describe-filter.ts';
import {
  type FilterCondition,
  readCondition,
  writeCondition,
} from '../filters/filter-condition.ts';
import type { Translate } from '../i18n/translate.ts';
import type { MembersState } from '../store/state.ts';
import { baseStyles } from '../styles/base.ts';
import { fieldStyles } from './field.styles.ts';
import { FilterChosenEvent } from './filter-chosen-event.ts';
import { modeButtons } from './mode-buttons.ts';
import { membersStyles } from './vitrine-members-filter.styles.ts';

const searchMs = 250;
/** Below this many members a search box is only in the way. */
const searchableFrom = 9;

/** Members to choose from, or to leave out; nothing chosen lets everything through. */
export class VitrineMembersFilter extends LitElement {
  @property({ attribute: false }) item!: ViewItem;
  @property({ attribute: false }) offered: MembersState | undefined;
  @property({ attribute: false }) t!: Translate;
  @property({ attribute: false }) load!: (term: string, next: boolean) => void;
  @property() locale = 'en-US';
  @state() private chosen: readonly CellValue[] = [];
  @state() private excluded = false;
  @state() private term = '';

  #timer: ReturnType<typeof setTimeout> | undefined;

  static override readonly styles = [baseStyles, fieldStyles, membersStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.offered) this.load('', false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** What was offered is out of date where a level above has changed. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('offered') && changed.get('offered') && !this.offered)
      this.load(this.term, false);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('item')) return;
    const condition = readCondition(this.item.jaql.filter);
    this.chosen = condition.kind === 'members' ? condition.members : [];
    if (condition.kind === 'members') this.excluded = condition.excluded;
  }

  override render(): TemplateResult {
    const { t, offered, chosen } = this;
    const name = this.item.jaql.title ?? '';
    const members = this.#listed;
    const isSearchable =
      this.term !== '' || offered?.more === true || members.length >= searchableFrom;
    const count = { count: chosen.length };
    return html`
      ${this.#isSingle ? nothing : this.#mode(name)}
      ${isSearchable ? this.#search(name) : nothing}
      <div class="list scroll" role=${this.#isSingle ? 'radiogroup' : 'group'} aria-label=${name} aria-busy=${offered?.status === 'loading'}>
        ${repeat(
          members,
          ({ data }) => data,
          (member) => this.#option(member),
        )}
        ${this.#foot(members.length)}
      </div>
      <div class="under">
        <span class="count">${
          chosen.length === 0
            ? t('filter.all')
            : t(this.excluded ? 'filter.excluded' : 'filter.selected', count)
        }</span>
        ${
          this.term !== '' && !this.#isSingle && members.length > 0
            ? html`<button class="link-button" type="button" @click=${this.#chooseShown}>${t('filter.selectShown')}</button>`
            : nothing
        }
        ${
          chosen.length > 0
            ? html`<button class="link-button" type="button" @click=${() => this.#choose([])}>${t('filter.clear')}</button>`
            : nothing
        }
      </div>
    `;
  }

  get #isSingle(): boolean {
    return this.item.jaql.filter?.multiSelection === false;
  }

  /** What is offered, and before it what was chosen and is not on this page of it. */
  get #listed(): readonly Member[] {
    const members = this.offered?.members ?? [];
    if (this.term !== '') return members;
    const known = new Set(members.map(({ data }) => data));
    const missing = this.chosen.filter((data) => !known.has(data));
    const texts = missing.map((data) => ({ data, text: formatMember(this.item, data, this) }));
    return [...texts, ...members];
  }

  #mode(name: string) {
    const { t, excluded } = this;
    return modeButtons({
      label: t('filter.mode', { name }),
      choices: [
        { value: false, text: t('filter.include') },
        { value: true, text: t('filter.exclude') },
      ],
      chosen: excluded,
      choose: (value) => this.#setExcluded(value),
    });
  }

  #search(name: string) {
    const label = this.t('filter.search', { name });
    return html`
      <div class="search">
        ${icons.search}
        <input
          class="box"
          type="search"
          placeholder=${label}
          aria-label=${label}
          autocomplete="off"
          spellcheck="false"
          .value=${this.term}
          @input=${this.#onSearch}
        />
      </div>
    `;
  }

  #option({ data, text }: Member) {
    const label = data === null || text === '' ? this.t('filter.empty') : text;
    return html`
      <label class="option" title=${label}>
        <input
          type=${this.#isSingle ? 'radio' : 'checkbox'}
          name="member"
          .checked=${this.chosen.includes(data)}
          @change=${() => this.#toggle(data)}
        /><span>${label}</span>
      </label>
    `;
  }

  #foot(count: number) {
    const { t, offered } = this;
    if (offered?.status === 'error') {
      return html`<p class="note">${t(`error.${offered.code ?? 'query_failed'}.title`)}
        <button class="link-button" type="button" @click=${() => this.load(this.term, false)}>${t('app.retry')}</button></p>`;
    }
    if (offered?.status !== 'ready' && count === 0) {
      return [70, 52, 84, 61].map(() => html`<div class="option"><div class="bone"></div></div>`);
    }
    if (count === 0) return html`<p class="note">${t('filter.noMatches')}</p>`;
    return offered?.more
      ? html`<p class="note"><button class="link-button" type="button" @click=${() => this.load(this.term, true)}>${t('filter.more')}</button></p>`
      : nothing;
  }

  readonly #onSearch = (event: InputEvent) => {
    this.term = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.load(this.term.trim(), false), searchMs);
  };

  readonly #chooseShown = () => {
    const shown = (this.offered?.members ?? []).map(({ data }) => data);
    this.#choose([...new Set([...this.chosen, ...shown])]);
  };

  #toggle(data: CellValue): void {
    if (this.#isSingle) this.#choose([data]);
    else if (this.chosen.includes(data))
      this.#choose(this.chosen.filter((value) => value !== data));
    else this.#choose([...this.chosen, data]);
  }

  #setExcluded(excluded: boolean): void {
    this.excluded = excluded;
    if (this.chosen.length > 0) this.#choose(this.chosen);
  }

  #choose(members: readonly CellValue[]): void {
    this.chosen = members;
    const condition: FilterCondition = {
      kind: 'members',
      members,
      excluded: this.excluded,
      single: this.#isSingle,
    };
    this.dispatchEvent(new FilterChosenEvent(writeCondition(condition)));
  }
}
