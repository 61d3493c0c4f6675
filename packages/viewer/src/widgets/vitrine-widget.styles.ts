import { css } from 'lit';

export const widgetStyles = css`
  :host {
    display: block;
    min-width: 0;
    min-height: 0;
  }
  .card {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    padding: 14px 16px 16px;
    border: 1px solid var(--v-border);
    border-radius: var(--v-radius);
    background: var(--v-surface);
    color: var(--v-text);
    overflow: hidden;
  }
  header {
    display: flex;
    min-height: 22px;
    margin-bottom: 10px;
  }
  .titles {
    min-width: 0;
    flex: 1;
  }
  h2 {
    margin: 0;
    font-size: var(--v-small);
    font-weight: 600;
    line-height: 1.5;
    letter-spacing: -0.005em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  header p {
    margin: 0;
    font-size: var(--v-tiny);
    line-height: 1.5;
    color: var(--v-muted);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .indicator header {
    margin-bottom: 0;
  }
  .indicator h2 {
    font-weight: 500;
    color: var(--v-muted);
  }
  .body {
    position: relative;
    flex: 1;
    min-height: 0;
    transition: opacity 160ms var(--v-ease);
  }
  .body.stale {
    opacity: 0.55;
  }
  .text {
    height: 100%;
    overflow: auto;
  }
  .actions {
    position: absolute;
    top: 9px;
    inset-inline-end: 10px;
    z-index: 2;
    display: flex;
    gap: 1px;
    border-radius: var(--v-radius-small);
    background: var(--v-surface);
    opacity: 0;
    transition: opacity 120ms var(--v-ease);
  }
  .card:hover .actions,
  .actions:focus-within {
    opacity: 1;
  }
  @media (hover: none) {
    .actions {
      opacity: 1;
    }
    .acted .titles {
      padding-inline-end: 76px;
    }
  }
  .state {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 3px;
    height: 100%;
    padding: 4px 12px;
    text-align: center;
    font-size: var(--v-tiny);
    color: var(--v-muted);
    overflow: auto;
  }
  .state svg {
    width: 22px;
    height: 22px;
    margin-bottom: 6px;
    stroke-width: 1;
    opacity: 0.75;
  }
  .state strong {
    font-size: var(--v-small);
    font-weight: 600;
    color: var(--v-text);
  }
  .state span {
    max-width: 36ch;
  }
  .state .button {
    margin-top: 10px;
  }
  .body:has(> .state) {
    container-type: size;
  }
  /* An indicator, or a low chart: what matters is what happened, and what can be done. */
  @container (max-height: 150px) {
    .state {
      align-items: flex-start;
      justify-content: safe center;
      gap: 4px;
      padding: 0;
      text-align: start;
    }
    .state svg,
    .state span {
      display: none;
    }
    .state .button {
      min-height: 24px;
      margin: 0;
      padding: 0;
      border: 0;
      background: none;
      color: var(--v-accent);
    }
  }
  .progress {
    position: absolute;
    inset: 0 0 auto 0;
    height: 2px;
    overflow: hidden;
  }
  .progress::before {
    content: '';
    position: absolute;
    inset: 0 70% 0 0;
    background: var(--v-accent);
    opacity: 0.7;
    animation: slide 1.1s ease-in-out infinite;
  }
  @keyframes slide {
    from {
      transform: translateX(-100%);
    }
    to {
      transform: translateX(440%);
    }
  }
  @media print {
    .actions,
    .progress {
      display: none;
    }
    .card {
      break-inside: avoid;
    }
  }
`;
