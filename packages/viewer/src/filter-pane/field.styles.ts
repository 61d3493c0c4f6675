import { css } from 'lit';

/** Input fields of the filter controls. */
export const fieldStyles = css`
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
  input.box {
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
  .stacked input.box {
    margin: 0;
  }
  input.box:hover {
    border-color: color-mix(in srgb, var(--v-text) 25%, var(--v-border));
  }
  input.box:focus-visible {
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
