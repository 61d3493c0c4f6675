import type { WidgetType } from '@vitrine/charts';
import { css, html, type TemplateResult } from 'lit';
import { cssProperties } from '../styles/css-properties.ts';

/** Stands in for content that is on its way, in its place and size. */
export function skeletonOf(type: WidgetType): TemplateResult {
  switch (type) {
    case 'indicator':
      return html`<div class="skeleton number">
        <div class="bone big"></div>
        <div class="bone small"></div>
      </div>`;
    case 'table':
      return html`<div class="skeleton lines">
        ${[34, 62, 48, 71, 55, 66, 43, 58].map((width) => html`<div class="bone" ${cssProperties({ width: `${width}%` })}></div>`)}
      </div>`;
    case 'bar':
      return html`<div class="skeleton lines">
        ${[92, 78, 66, 51, 44, 37, 29].map((width) => html`<div class="bone" ${cssProperties({ width: `${width}%` })}></div>`)}
      </div>`;
    case 'pie':
      return html`<div class="skeleton round"><div class="bone ring"></div></div>`;
    default:
      return html`<div class="skeleton columns">
        ${[38, 56, 47, 72, 64, 85, 60, 77, 52, 68, 90, 74].map(
          (height) => html`<div class="bone" ${cssProperties({ height: `${height}%` })}></div>`,
        )}
      </div>`;
  }
}

export const skeletonStyles = css`
  .skeleton {
    height: 100%;
  }
  .skeleton.number {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding-top: 8px;
  }
  .skeleton .big {
    width: min(60%, 150px);
    height: 30px;
  }
  .skeleton .small {
    width: min(42%, 100px);
    height: 12px;
  }
  .skeleton.lines {
    display: flex;
    flex-direction: column;
    justify-content: space-evenly;
  }
  .skeleton.lines .bone {
    height: 14px;
  }
  .skeleton.columns {
    display: flex;
    align-items: flex-end;
    gap: 3%;
    padding: 8px 4px 0;
  }
  .skeleton.columns .bone {
    flex: 1;
    border-end-start-radius: 0;
    border-end-end-radius: 0;
  }
  .skeleton.round {
    display: grid;
    place-items: center;
    container-type: size;
  }
  .skeleton .ring {
    width: min(82cqi, 82cqb);
    aspect-ratio: 1;
    border-radius: 50%;
    mask: radial-gradient(closest-side, transparent 61%, #000 62%);
  }
`;
