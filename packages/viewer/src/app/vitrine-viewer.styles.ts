import { css } from 'lit';

export const shellStyles = css`
  :host {
    --v-page: clamp(14px, 1.6vw, 24px);
    --v-bar: 61px;
    display: block;
    color: var(--v-text);
  }
  .shell:not(.embedded) {
    min-height: 100vh;
    min-height: 100dvh;
  }
  .skip {
    position: fixed;
    top: 8px;
    inset-inline-start: 8px;
    z-index: 50;
    padding: 8px 14px;
    border-radius: var(--v-radius-small);
    background: var(--v-accent);
    color: var(--v-on-accent);
    font-weight: 500;
    text-decoration: none;
    transform: translateY(-60px);
  }
  .skip:focus {
    transform: none;
  }
  .bar {
    display: block;
    position: sticky;
    top: 0;
    z-index: 8;
  }
  .bar.only-narrow {
    display: none;
  }
  .columns {
    display: flex;
    align-items: stretch;
  }
  main {
    flex: 1;
    min-width: 0;
    max-width: 1680px;
    margin: 0 auto;
    padding: var(--v-page);
    outline: none;
  }
  .embedded main {
    padding: clamp(12px, 2vw, 16px);
  }
  .pane:focus {
    outline: none;
  }
  .pane {
    position: sticky;
    top: 0;
    flex: none;
    align-self: flex-start;
    max-height: 100vh;
    overflow: auto;
    background: var(--v-surface);
  }
  .bar ~ .columns .pane {
    top: var(--v-bar);
    height: calc(100vh - var(--v-bar));
    height: calc(100dvh - var(--v-bar));
  }
  .left {
    width: clamp(180px, 14.5vw, 224px);
    border-inline-end: 1px solid var(--v-border);
  }
  .right {
    width: clamp(256px, 20vw, 288px);
    border-inline-start: 1px solid var(--v-border);
  }
  .embedded .pane {
    height: auto !important;
    align-self: stretch;
    max-height: none;
  }
  .veil {
    position: fixed;
    inset: 0;
    z-index: 9;
    background: rgb(10 14 22 / 0.42);
    animation: fade 160ms var(--v-ease);
  }
  .notice {
    position: fixed;
    bottom: 18px;
    left: 50%;
    z-index: 40;
    display: flex;
    align-items: center;
    gap: 10px;
    max-width: min(520px, calc(100vw - 24px));
    padding: 8px 8px 8px 14px;
    border: 1px solid var(--v-border);
    border-radius: var(--v-radius);
    background: var(--v-surface);
    box-shadow: 0 10px 30px rgb(0 0 0 / 0.16);
    font-size: var(--v-small);
    transform: translateX(-50%);
  }
  .notice.error > svg {
    color: var(--vitrine-color-negative);
  }
  @media (max-width: 1099px) {
    .bar.only-narrow {
      display: block;
    }
    .pane,
    .bar ~ .columns .pane {
      display: none;
      position: fixed;
      inset-block: 0;
      top: 0;
      z-index: 10;
      width: min(320px, 86vw);
      height: 100vh !important;
      height: 100dvh !important;
      max-height: none;
      box-shadow: 0 0 40px rgb(0 0 0 / 0.22);
    }
    .left {
      inset-inline-start: 0;
    }
    .right {
      inset-inline-end: 0;
    }
    .pane.open,
    .bar ~ .columns .pane.open {
      display: block;
      animation: appear 180ms var(--v-ease);
    }
  }
  @media (max-width: 719px) {
    .right.pane.open,
    .bar ~ .columns .right.pane.open {
      inset: auto 0 0 0;
      width: auto;
      height: min(82vh, 640px) !important;
      border: 0;
      border-top: 1px solid var(--v-border);
      border-radius: 16px 16px 0 0;
      animation-name: rise;
    }
  }
  /* A frame can be as tall as its content: what is fixed to its foot may be far off the screen. */
  .embedded ~ div .notice {
    top: 12px;
    bottom: auto;
  }
  @media (max-width: 1099px) {
    .embedded .pane.open,
    .embedded .bar ~ .columns .pane.open,
    .embedded .bar ~ .columns .right.pane.open {
      position: absolute;
      inset: 66px 10px auto auto;
      width: min(340px, calc(100% - 20px));
      height: auto !important;
      max-height: none;
      border: 1px solid var(--v-border);
      border-radius: var(--v-radius);
    }
    .embedded .left.pane.open,
    .embedded .bar ~ .columns .left.pane.open {
      inset: 66px auto auto 10px;
    }
  }
  @keyframes fade {
    from {
      opacity: 0;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }
  @keyframes rise {
    from {
      transform: translateY(40%);
      opacity: 0;
    }
  }
  @media print {
    .pane,
    .notice,
    .skip,
    vitrine-tooltip {
      display: none !important;
    }
    main {
      padding: 0;
    }
    .bar {
      position: static;
    }
  }
`;
