import { css, html, nothing, type TemplateResult } from 'lit';
import { baseStyles } from '../styles/base.ts';
import { icons } from './icons.ts';
import { ViewerElement } from './viewer-element.ts';

/** The dashboards that the session may open. */
export class VitrineNav extends ViewerElement {
  static override readonly styles = [
    baseStyles,
    css`
      nav {
        padding: 18px 12px;
      }
      h2 {
        margin: 0 0 8px;
        padding: 0 10px;
        font-size: var(--v-tiny);
        font-weight: 500;
        color: var(--v-muted);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      button {
        display: flex;
        align-items: center;
        gap: 9px;
        width: 100%;
        min-height: 34px;
        padding: 6px 10px;
        margin-bottom: 2px;
        border-radius: var(--v-radius-small);
        font-size: var(--v-small);
        color: var(--v-text);
      }
      button svg {
        color: var(--v-muted);
      }
      button:hover {
        background: var(--v-hover);
      }
      button[aria-current] {
        background: var(--v-accent-soft);
        color: var(--v-accent);
        font-weight: 600;
      }
      button[aria-current] svg {
        color: inherit;
      }
      span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  override render(): TemplateResult {
    const { t, session, dashboardOid } = this.state;
    const open = (oid: string) => {
      this.viewer.openDashboard(oid).catch(() => undefined);
    };
    return html`
      <nav aria-label=${t('nav.title')}>
        <h2>${t('nav.title')}</h2>
        <ul>
          ${session?.dashboards.map(
            ({ oid, title }) => html`
              <li>
                <button type="button" aria-current=${oid === dashboardOid ? 'page' : nothing} @click=${() => open(oid)}>
                  ${icons.dashboard}<span>${title}</span>
                </button>
              </li>
            `,
          )}
        </ul>
      </nav>
    `;
  }
}
