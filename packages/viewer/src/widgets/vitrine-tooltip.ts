import type { TooltipModel } from '@vitrine/charts';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from '../styles/base.ts';
import { cssProperties } from '../styles/css-properties.ts';

const gapPx = 14;
const marginPx = 8;
const maxRows = 12;

/** What is under the pointer, beside it and inside the viewport. Text only. */
export class VitrineTooltip extends LitElement {
  @property({ attribute: false }) model: TooltipModel | undefined;
  @property({ attribute: false }) clientX = 0;
  @property({ attribute: false }) clientY = 0;

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        position: fixed;
        top: 0;
        left: 0;
        z-index: 30;
        pointer-events: none;
        visibility: hidden;
        will-change: transform;
      }
      .box {
        min-width: 120px;
        max-width: min(320px, calc(100vw - 16px));
        padding: 9px 11px;
        border-radius: min(var(--v-radius), 10px);
        border: 1px solid var(--v-border);
        background: var(--v-surface);
        color: var(--v-text);
        box-shadow:
          0 1px 2px rgb(0 0 0 / 0.06),
          0 8px 24px rgb(0 0 0 / 0.14);
        font-size: var(--v-tiny);
        line-height: 1.4;
      }
      .title {
        margin-bottom: 5px;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .row {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 1.5px 0;
        color: var(--v-muted);
      }
      .row.hit .label {
        color: var(--v-text);
      }
      .mark {
        flex: none;
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--mark);
      }
      .label {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .value {
        margin-inline-start: 10px;
        color: var(--v-text);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .share {
        min-width: 3.2em;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    if (!this.model) return nothing;
    const { title, rows } = this.model;
    return html`
      <div class="box" aria-hidden="true">
        ${title ? html`<div class="title">${title}</div>` : nothing}
        ${rows.slice(0, maxRows).map(
          ({ color, label, text, share, isHit }) => html`
            <div class=${isHit ? 'row hit' : 'row'}>
              <span class="mark" ${cssProperties({ '--mark': color })}></span>
              <span class="label">${label}</span>
              <span class="value">${text}</span>
              ${share ? html`<span class="share">${share}</span>` : nothing}
            </div>
          `,
        )}
        ${rows.length > maxRows ? html`<div class="row">+${rows.length - maxRows}</div>` : nothing}
      </div>
    `;
  }

  protected override updated(): void {
    const { style, offsetWidth: width, offsetHeight: height } = this;
    style.visibility = this.model ? 'visible' : 'hidden';
    if (!this.model) return;
    const room = { width: innerWidth - marginPx, height: innerHeight - marginPx };
    const right = this.clientX + gapPx;
    const x = right + width > room.width ? this.clientX - gapPx - width : right;
    const y =
      this.clientY + gapPx + height > room.height
        ? this.clientY - gapPx - height
        : this.clientY + gapPx;
    const place = (value: number, max: number) =>
      Math.round(Math.max(marginPx, Math.min(value, max)));
    style.transform = `translate(${place(x, room.width - width)}px, ${place(y, room.height - height)}px)`;
  }
}
