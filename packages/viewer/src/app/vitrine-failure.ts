import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Translate } from '../i18n/translate.ts';
import { baseStyles } from '../styles/base.ts';
import type { ViewerErrorCode } from '../viewer-error.ts';
import { icons } from './icons.ts';

/** Why there is nothing to show, in words, with what to do next. */
export class VitrineFailure extends LitElement {
  @property({ attribute: false }) code: ViewerErrorCode = 'server_error';
  @property({ attribute: false }) t!: Translate;
  /** What the button does; none without it. */
  @property({ attribute: false }) action: (() => void) | undefined;
  /** A strip above content that stays, instead of a page of its own. */
  @property({ type: Boolean, reflect: true }) strip = false;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .page {
        display: flex;
        flex-direction: column;
        align-items: center;
        max-width: 420px;
        margin: 0 auto;
        padding: clamp(40px, 14vh, 140px) 24px 48px;
        text-align: center;
        color: var(--v-text);
      }
      .mark {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        margin-bottom: 18px;
        border: 1px solid var(--v-border);
        border-radius: 12px;
        background: var(--v-surface);
        color: var(--v-muted);
      }
      .mark svg {
        width: 20px;
        height: 20px;
      }
      h1 {
        margin: 0 0 6px;
        font-size: calc(var(--v-size) + 4px);
        font-weight: 600;
        letter-spacing: -0.01em;
      }
      p {
        margin: 0;
        color: var(--v-muted);
        text-wrap: balance;
      }
      .page .button {
        margin-top: 20px;
      }
      .code {
        margin-top: 22px;
        font-size: var(--v-tiny);
      }
      .strip {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-bottom: 14px;
        padding: 10px 14px;
        border: 1px solid color-mix(in srgb, var(--vitrine-color-negative) 35%, var(--v-border));
        border-radius: var(--v-radius);
        background: color-mix(in srgb, var(--vitrine-color-negative) 7%, var(--v-surface));
        font-size: var(--v-small);
      }
      .strip > svg {
        color: var(--vitrine-color-negative);
      }
      .strip div {
        flex: 1;
      }
      .strip span {
        color: var(--v-muted);
      }
    `,
  ];

  override render(): TemplateResult {
    const { code, t, action } = this;
    const title = t(`error.${code}.title`);
    const hint = t(`error.${code}.hint`);
    const button = action
      ? html`<button class="button primary" type="button" @click=${action}>
          ${t(this.strip ? 'app.reopen' : 'app.retry')}
        </button>`
      : nothing;
    if (this.strip) {
      return html`<div class="strip" role="alert">
        ${icons.alert}
        <div><strong>${title}</strong> <span>${hint}</span></div>
        ${button}
      </div>`;
    }
    return html`
      <div class="page" role="alert">
        <div class="mark">${icons.alert}</div>
        <h1>${title}</h1>
        <p>${hint}</p>
        ${button}
        <p class="code">${t('error.code', { code })}</p>
      </div>
    `;
  }
}
