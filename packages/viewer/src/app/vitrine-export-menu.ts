import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { type ExportFormat, exportFormats } from '../api/api-client.ts';
import { baseStyles } from '../styles/base.ts';
import { icons } from './icons.ts';
import { ViewerElement } from './viewer-element.ts';

/** The export button with its list of formats. */
export class VitrineExportMenu extends ViewerElement {
  @state() private open = false;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        position: relative;
        display: inline-block;
      }
      .menu {
        position: absolute;
        top: calc(100% + 6px);
        inset-inline-end: 0;
        z-index: 20;
        min-width: 180px;
        padding: 5px;
        border: 1px solid var(--v-border);
        border-radius: var(--v-radius);
        background: var(--v-surface);
        box-shadow:
          0 1px 2px rgb(0 0 0 / 0.06),
          0 10px 28px rgb(0 0 0 / 0.14);
      }
      .menu button {
        display: block;
        width: 100%;
        min-height: 32px;
        padding: 5px 10px;
        border-radius: calc(var(--v-radius) - 4px);
        font-size: var(--v-small);
        white-space: nowrap;
      }
      .menu button:hover,
      .menu button:focus-visible {
        background: var(--v-hover);
      }
      .menu button:focus-visible {
        outline-offset: -2px;
      }
      @media (max-width: 719px) {
        .label {
          display: none;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const { t, exporting } = this.state;
    return html`
      <button
        class="button trigger"
        type="button"
        aria-haspopup="menu"
        aria-expanded=${this.open}
        aria-label=${t('toolbar.export')}
        ?disabled=${exporting !== undefined}
        @click=${this.#toggle}
      >${icons.download}<span class="label">${t('toolbar.export')}</span></button>
      ${
        this.open
          ? html`<div class="menu" role="menu" aria-label=${t('toolbar.export')} @keydown=${this.#onKey} @focusout=${this.#onFocusOut}>
              ${exportFormats.map(
                (format) =>
                  html`<button type="button" role="menuitem" @click=${() => this.#export(format)}>${t(`export.${format}`)}</button>`,
              )}
            </div>`
          : nothing
      }
    `;
  }

  readonly #toggle = async () => {
    this.open = !this.open;
    await this.updateComplete;
    this.#items[0]?.focus();
  };

  readonly #onKey = (event: KeyboardEvent) => {
    const items = this.#items;
    const at = items.indexOf(this.renderRoot.querySelector<HTMLElement>(':focus') as HTMLElement);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      items.at(next % items.length)?.focus();
    } else if (event.key === 'Escape') {
      this.open = false;
      this.renderRoot.querySelector<HTMLElement>('.trigger')?.focus();
    }
  };

  readonly #onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget))) {
      this.open = false;
    }
  };

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  #export(format: ExportFormat): void {
    this.open = false;
    this.viewer.export({ format }).catch(() => undefined);
  }
}
