import { html, type TemplateResult } from 'lit';

/** Two or three ways to restrict a field, side by side; styled by `fieldStyles`. */
export function modeButtons({
  label,
  choices,
  chosen,
  choose,
}: {
  readonly label: string;
  readonly choices: readonly { readonly value: boolean; readonly text: string }[];
  readonly chosen: boolean;
  readonly choose: (value: boolean) => void;
}): TemplateResult {
  return html`
    <div class="mode" role="group" aria-label=${label}>
      ${choices.map(
        ({ value, text }) =>
          html`<button type="button" aria-pressed=${chosen === value} @click=${() => choose(value)}>${text}</button>`,
      )}
    </div>
  `;
}
