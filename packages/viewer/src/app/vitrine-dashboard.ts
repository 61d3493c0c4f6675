import type { MemberColors } from '@vitrine/charts';
import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { colorsOf, mayFilter, widgetsOf } from '../store/selectors.ts';
import { baseStyles } from '../styles/base.ts';
import { cssProperties } from '../styles/css-properties.ts';
import type { ExportWidgetEvent, PickEvent, RetryEvent } from '../widgets/widget-events.ts';
import { flowLayout, type Placement } from './flow-layout.ts';
import { ViewerElement } from './viewer-element.ts';

const skeletonPlaces: readonly Placement[] = [
  ...[3, 3, 3, 3].map((wide) => ({ wide, middle: 3, narrow: 1, rows: 2 })),
  { wide: 8, middle: 4, narrow: 2, rows: 5 },
  { wide: 4, middle: 2, narrow: 2, rows: 5 },
];

/** The widgets on their grid: 12 columns, 6 where it is narrower, 2 on a phone. */
export class VitrineDashboard extends ViewerElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        --row: 72px;
        --gap: 16px;
        display: block;
        container-type: inline-size;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--narrow-gap, 12px);
      }
      .grid > * {
        grid-column: span var(--narrow);
        height: calc(var(--rows) * var(--row) + (var(--rows) - 1) * var(--gap));
        max-height: 460px;
      }
      .grid > .indicator {
        height: 128px;
      }
      .grid > .pie {
        max-height: 350px;
      }
      .grid > .richtext {
        height: auto;
        max-height: none;
      }
      @container (min-width: 640px) {
        .grid {
          grid-template-columns: repeat(6, minmax(0, 1fr));
          grid-auto-rows: var(--row);
          gap: var(--gap);
        }
        .grid > *,
        .grid > .indicator,
        .grid > .pie,
        .grid > .richtext {
          grid-column: span var(--middle);
          grid-row: span var(--rows);
          height: auto;
          max-height: none;
        }
      }
      @container (min-width: 780px) {
        .grid {
          grid-template-columns: repeat(12, minmax(0, 1fr));
        }
        .grid > *,
        .grid > .indicator,
        .grid > .pie,
        .grid > .richtext {
          grid-column: span var(--wide);
        }
      }
      .grid.single > * {
        grid-column: 1 / -1;
        min-height: 320px;
      }
      .ghost {
        border: 1px solid var(--v-border);
        border-radius: var(--v-radius);
        background: var(--v-surface);
        padding: 18px 16px;
      }
      .ghost .bone {
        width: 38%;
        height: 12px;
      }
      @media print {
        .grid {
          display: block;
        }
        .grid > * {
          display: block;
          height: 300px;
          margin-bottom: 12px;
          break-inside: avoid;
        }
        .grid > .indicator {
          display: inline-block;
          width: 46%;
          height: 120px;
          margin-inline-end: 2%;
        }
      }
    `,
  ];

  #colors: MemberColors = {};

  /** The same object as long as no colour changes: with another one every chart would be drawn anew. */
  protected override willUpdate(): void {
    const colors = colorsOf(this.state);
    if (JSON.stringify(colors) !== JSON.stringify(this.#colors)) this.#colors = colors;
  }

  override render(): TemplateResult {
    const { dashboard, theme, session, widgetOid } = this.state;
    const widgets = widgetsOf(this.state);
    if (!dashboard || !theme || !session) return this.#skeleton();
    const places = flowLayout(widgets);
    const pickable = mayFilter(this.state);
    return html`
      <div
        class=${widgetOid ? 'grid single' : 'grid'}
        @vitrine-pick=${this.#onPick}
        @vitrine-retry=${this.#onRetry}
        @vitrine-export-widget=${this.#onExport}
      >
        ${repeat(
          widgets,
          ({ oid }) => oid,
          (widget, index) => html`
            <vitrine-widget
              class=${widget.type}
              .widget=${widget}
              .data=${this.state.widgets[widget.oid]}
              .theme=${theme}
              .colors=${this.#colors}
              .t=${this.state.t}
              locale=${session.locale}
              ?pickable=${pickable}
              ?exportable=${session.abilities.export}
              ${cssProperties(placeProperties(places[index]))}
            ></vitrine-widget>
          `,
        )}
      </div>
    `;
  }

  #skeleton() {
    return html`
      <div class="grid" aria-busy="true">
        <span class="sr-only" role="status">${this.state.t('app.loading')}</span>
        ${skeletonPlaces.map(
          (
            place,
          ) => html`<div class=${place.rows === 2 ? 'ghost indicator' : 'ghost'} ${cssProperties(placeProperties(place))}>
            <div class="bone"></div>
          </div>`,
        )}
      </div>
    `;
  }

  readonly #onPick = ({ picked, adds }: PickEvent) => {
    const { value, text: _, ...field } = picked;
    this.viewer.toggleMember({ item: { jaql: field }, member: value, adds });
  };

  readonly #onRetry = ({ widget }: RetryEvent) => this.viewer.retryWidget(widget);

  readonly #onExport = ({ widget }: ExportWidgetEvent) => {
    this.viewer.export({ format: 'csv', widget }).catch(() => undefined);
  };
}

function placeProperties(place: Placement | undefined) {
  const { wide = 12, middle = 6, narrow = 2, rows = 4 } = place ?? {};
  return { '--wide': wide, '--middle': middle, '--narrow': narrow, '--rows': rows };
}
