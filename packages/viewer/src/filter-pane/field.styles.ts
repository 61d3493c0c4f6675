import { css } from 'lit';

/** Input fields of the filter controls. */
export const fieldStyles = css`
  .mode {
    display: inline-flex;
    margin-bottom: 10px;
    padding: 2px;
    border-radius: var(--v-radius-small);
    background: var(--v-hover);
  }
  .mode button {
    min-height: 24px;
    padding: 0 10px;
    border-radius: calc(var(--v-radius-small) - 2px);
    font-size: var(--v-tiny);
    color: var(--v-muted);
  }
  .mode button[aria-pressed='true'] {
    background: var(--v-surface);
    color: var(--v-text);
    font-weight: 500;
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.1);
  }
  .presets {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-bottom: 12px;
  }
  .presets button {
    min-height: 26px;
    padding: 0 9px;
    border: 1px solid var(--v-border);
    border-radius: 13px;
    font-size: var(--v-tiny);
  }
  .presets button:hover {
    background: var(--v-hover);
  }
  .presets button[aria-pressed='true'] {
    border-color: transparent;
    background: var(--v-accent-soft);
    color: var(--v-accent);
    font-weight: 500;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 8px;
  }
  label.field {
    display: block;
    font-size: var(--v-tiny);
    color: var(--v-muted);
  }
  .box {
    display: block;
    width: 100%;
    height: 34px;
    margin-top: 4px;
    padding: 0 9px;
    border: 1px solid var(--v-border);
    border-radius: var(--v-radius-small);
    background: var(--vitrine-color-background, transparent);
    color: var(--v-text);
    font-size: var(--v-small);
    font-variant-numeric: tabular-nums;
  }
  .pair.stacked {
    grid-template-columns: 1fr;
  }
  .stacked label.field {
    display: grid;
    grid-template-columns: minmax(52px, auto) minmax(0, 1fr);
    align-items: center;
    gap: 8px;
  }
  .stacked .box {
    margin: 0;
  }
  .box:hover {
    border-color: color-mix(in srgb, var(--v-text) 25%, var(--v-border));
  }
  .box:focus-visible {
    outline-offset: -1px;
  }
  input.box[aria-invalid='true'] {
    border-color: var(--vitrine-color-negative);
  }
  .problem {
    margin: 6px 0 0;
    font-size: var(--v-tiny);
    color: var(--vitrine-color-negative);
  }
  .under {
    display: flex;
    gap: 14px;
    margin-top: 10px;
  }
`;
