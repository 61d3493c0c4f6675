import { css } from 'lit';

export const tableStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
    container-type: inline-size;
  }
  /* Where room is scarce the first column takes what the figures leave. */
  @container (max-width: 560px) {
    td:first-child {
      width: 100%;
      min-width: 13ch;
      max-width: 0 !important;
    }
    th {
      white-space: normal !important;
      line-height: 1.2;
    }
  }
  @container (max-width: 440px) {
    td {
      max-width: 15ch;
      padding: 0 6px !important;
    }
    th button,
    th span.head {
      padding: 0 6px !important;
    }
    td:first-child,
    th:first-child > * {
      padding-inline-start: 8px !important;
    }
  }
  .rows {
    flex: 1;
    min-height: 0;
    overflow: auto;
    margin: 0 -16px;
    padding: 0 8px;
  }
  /* Beyond an edge the table goes on: it fades out there. */
  .rows.more-right {
    mask-image: linear-gradient(to left, transparent, #000 32px);
  }
  .rows.more-left {
    mask-image: linear-gradient(to right, transparent, #000 32px);
  }
  .rows.more-left.more-right {
    mask-image: linear-gradient(to right, transparent, #000 32px calc(100% - 32px), transparent);
  }
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: var(--v-small);
    font-variant-numeric: tabular-nums;
  }
  th {
    position: sticky;
    top: 0;
    z-index: 1;
    padding: 0;
    background: var(--v-surface);
    border-bottom: 1px solid var(--v-border);
    font-weight: 500;
    color: var(--v-muted);
    white-space: nowrap;
  }
  th button,
  th span.head {
    display: flex;
    align-items: center;
    gap: 3px;
    width: 100%;
    min-height: 30px;
    padding: 0 8px;
    font-size: var(--v-tiny);
    font-weight: 500;
    border-radius: 5px;
  }
  th button:hover {
    color: var(--v-text);
  }
  th.end button,
  th.end span.head {
    justify-content: flex-end;
  }
  th svg {
    width: 12px;
    height: 12px;
    opacity: 0;
  }
  th[aria-sort] svg {
    opacity: 1;
    color: var(--v-accent);
  }
  th.end svg {
    order: -1;
  }
  td {
    height: 32px;
    padding: 0 8px;
    border-bottom: 1px solid var(--vitrine-color-grid, var(--v-border));
    max-width: 30ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  td.end {
    text-align: right;
  }
  tbody tr:last-child td {
    border-bottom-color: transparent;
  }
  tbody tr:hover td {
    background-color: var(--v-hover);
  }
  tr.dimmed td:not(:focus-within) {
    opacity: 0.38;
  }
  td.bar {
    background-image: linear-gradient(var(--v-accent-soft), var(--v-accent-soft));
    background-repeat: no-repeat;
    background-size: calc(var(--length) * 100%) 20px;
    background-position: calc(var(--start) * 100%) 50%;
  }
  td button {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    border-radius: 4px;
    vertical-align: middle;
  }
  td button:hover {
    color: var(--v-accent);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  /* The ring is that of the cell, also where its button has the focus. */
  th:has(:focus-visible),
  td:has(:focus-visible),
  td:focus-visible {
    outline: 2px solid var(--v-accent);
    outline-offset: -2px;
    border-radius: 6px;
  }
  th button:focus-visible,
  td button:focus-visible {
    outline: none;
  }
  /* A focused cell stands clear of the head and of the fading edges. */
  th,
  td {
    scroll-margin-inline: 32px;
  }
  td {
    scroll-margin-block-start: var(--head, 32px);
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 12px;
    padding-top: 8px;
    font-size: var(--v-tiny);
    color: var(--v-muted);
  }
  @media print {
    .rows {
      overflow: visible;
      mask-image: none !important;
    }
  }
`;
