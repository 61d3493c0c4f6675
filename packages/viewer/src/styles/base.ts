import { css } from 'lit';

/**
 * What all elements share: box model, controls, focus, text that only screen readers meet. Before the theme is there, text has
 * the colours of the built-in theme that suits the browser's ground.
 */
export const baseStyles = css`
  :host {
    --v-text: var(--vitrine-color-text, light-dark(#171c26, #e8ebf1));
    --v-muted: var(--vitrine-color-text-muted, light-dark(#5d6675, #98a2b3));
    --v-surface: var(--vitrine-color-surface, transparent);
    --v-border: var(--vitrine-color-border, rgb(128 128 128 / 0.2));
    --v-accent: var(--vitrine-color-accent, light-dark(#4353d6, #8f9cff));
    --v-on-accent: var(--vitrine-color-on-accent, light-dark(#fff, #14181f));
    --v-radius: var(--vitrine-radius, 10px);
    --v-radius-small: calc(var(--v-radius) * 0.65);
    --v-hover: color-mix(in srgb, var(--v-text) 6%, transparent);
    --v-press: color-mix(in srgb, var(--v-text) 10%, transparent);
    --v-accent-soft: color-mix(in srgb, var(--v-accent) 11%, transparent);
    --v-size: var(--vitrine-font-size, 14px);
    --v-small: calc(var(--v-size) - 1px);
    --v-tiny: calc(var(--v-size) - 2px);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button,
  select,
  input {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    appearance: none;
    border: 0;
    background: none;
    padding: 0;
    margin: 0;
    cursor: pointer;
    text-align: inherit;
  }
  button:disabled {
    cursor: default;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--v-accent);
    outline-offset: 2px;
  }
  svg {
    display: block;
    flex: none;
  }
  .button {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 32px;
    padding: 0 11px;
    border: 1px solid var(--v-border);
    border-radius: var(--v-radius-small);
    background: var(--v-surface);
    color: var(--v-text);
    font-size: var(--v-small);
    font-weight: 500;
    white-space: nowrap;
    transition: background-color 120ms var(--v-ease);
  }
  .button:hover:not(:disabled) {
    background: color-mix(in srgb, var(--v-text) 4%, var(--v-surface));
  }
  .button:disabled {
    opacity: 0.5;
  }
  .button.primary {
    border-color: transparent;
    background: var(--v-accent);
    color: var(--v-on-accent);
  }
  .button.primary:hover {
    background: color-mix(in srgb, var(--v-accent) 90%, var(--v-text));
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 28px;
    height: 28px;
    border-radius: var(--v-radius-small);
    color: var(--v-muted);
    transition: background-color 120ms var(--v-ease);
  }
  .icon-button:hover {
    background: var(--v-hover);
    color: var(--v-text);
  }
  .icon-button[aria-pressed='true'] {
    background: var(--v-accent-soft);
    color: var(--v-accent);
  }
  .link-button {
    color: var(--v-accent);
    font-size: var(--v-tiny);
    font-weight: 500;
    border-radius: 4px;
  }
  .link-button:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .sr-only {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
  .scroll {
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--v-text) 22%, transparent) transparent;
  }
  .bone {
    border-radius: 5px;
    background: rgb(128 128 128 / 0.13);
    animation: breathe 1.6s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (pointer: coarse) {
    .button {
      min-height: 40px;
    }
    .icon-button {
      width: 36px;
      height: 36px;
    }
  }
`;
