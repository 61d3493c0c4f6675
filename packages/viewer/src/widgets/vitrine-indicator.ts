import {
  type IndicatorModel,
  indicatorModel,
  type QueryResult,
  type Widget,
} from '@vitrine/charts';
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { icons } from '../app/icons.ts';
import { baseStyles } from '../styles/base.ts';
import { cssProperties } from '../styles/css-properties.ts';
import { sparklinePath } from './sparkline-path.ts';

/** One number, what it is compared with, and how it came about. */
export class VitrineIndicator extends LitElement {
  @property({ attribute: false }) widget!: Widget;
  @property({ attribute: false }) result!: QueryResult;
  @property() locale = 'en-US';

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        position: relative;
        height: 100%;
        container-type: size;
      }
      .layout {
        display: flex;
        flex-direction: column;
        height: 100%;
        padding-top: 4px;
        min-width: 0;
      }
      .value {
        /* A digit is about 0.6 em wide: as large as fits, within reason. */
        font-size: clamp(19px, min(160cqi / var(--chars), 42cqb), 32px);
        font-weight: 600;
        line-height: 1.1;
        letter-spacing: -0.022em;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .value .short {
        display: none;
      }
      @container (max-width: 170px) {
        .value.wordy .short {
          display: inline;
        }
        .value.wordy .long {
          display: none;
        }
      }
      .value.empty {
        color: var(--v-muted);
      }
      .note {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 20px;
        margin-top: 4px;
        font-size: var(--v-tiny);
        color: var(--v-muted);
        white-space: nowrap;
        overflow: hidden;
      }
      .note span:last-child {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .change {
        display: inline-flex;
        align-items: center;
        gap: 2px;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        color: var(--v-text);
      }
      .change svg {
        width: 13px;
        height: 13px;
        stroke-width: 2;
      }
      .good {
        color: var(--vitrine-color-positive);
      }
      .bad {
        color: var(--vitrine-color-negative);
      }
      .spark {
        position: absolute;
        inset: auto -16px -16px;
        width: calc(100% + 32px);
        height: calc(100cqb - 52px);
        max-height: 56px;
        color: var(--spark, var(--v-accent));
        pointer-events: none;
      }
      @media print {
        .spark {
          print-color-adjust: exact;
        }
      }
    `,
  ];

  override render(): TemplateResult {
    const model = indicatorModel(this.widget, this.result, { locale: this.locale });
    const isEmpty = model.state === 'empty';
    const hasSpark = (model.sparkline?.length ?? 0) > 2;
    return html`
      <div class="layout">
        <div
          class=${['value', isEmpty ? 'empty' : '', model.text.length > 10 ? 'wordy' : ''].join(' ')}
          title=${model.text}
          ${cssProperties({ '--chars': Math.max(4, model.text.length) })}
        >
          <span class="long">${model.text}</span
          ><span class="short" aria-hidden="true">${model.compactText}</span>
        </div>
        ${this.#note(model)}
      </div>
      ${hasSpark ? this.#spark(model.sparkline ?? []) : nothing}
    `;
  }

  #note({ comparison, period, label }: IndicatorModel) {
    if (!comparison) {
      // A measure named like its card needs no second naming.
      const text = period ?? (label === this.widget.title ? '' : label);
      return html`<div class="note"><span>${text}</span></div>`;
    }
    const { change, text } = comparison;
    const arrow = { up: icons.up, down: icons.down, flat: nothing };
    return html`
      <div class="note">
        ${
          change
            ? html`<span class="change ${change.tone}">${arrow[change.direction]}${change.text}</span>`
            : nothing
        }
        <span title=${`${comparison.label}: ${text}`}>${comparison.label}${change ? nothing : html` ${text}`}</span>
      </div>
    `;
  }

  #spark(values: readonly (number | null)[]) {
    const color = (this.widget.options?.color ?? 0) + 1;
    const { line, area } = sparklinePath(values, 100, 32);
    return html`
      <svg
        class="spark"
        viewBox="0 0 100 32"
        preserveAspectRatio="none"
        aria-hidden="true"
        ${cssProperties({ '--spark': `var(--vitrine-palette-${color}, var(--v-accent))` })}
      >
        ${svg`
          <path d=${area} fill="currentColor" opacity="0.12" />
          <path d=${line} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" vector-effect="non-scaling-stroke" />
        `}
      </svg>
    `;
  }
}
