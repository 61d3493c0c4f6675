import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const icon = (shape: SVGTemplateResult): TemplateResult => html`
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shape}
  </svg>
`;

/** Line icons of 16 px in the colour of the text; they say nothing to screen readers. */
export const icons = {
  filter: icon(svg`<path d="M2.5 4h11M4.5 8h7M6.5 12h3" />`),
  menu: icon(svg`<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />`),
  close: icon(svg`<path d="M4 4l8 8M12 4l-8 8" />`),
  lock: icon(
    svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1.5" /><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />`,
  ),
  download: icon(svg`<path d="M8 2.5v7.5M4.8 7.2L8 10.2l3.2-3M2.75 13.25h10.5" />`),
  print: icon(
    svg`<path d="M4.5 6V2.5h7V6M4.5 11.5H3A.75.75 0 0 1 2.25 10.75v-4A.75.75 0 0 1 3 6h10a.75.75 0 0 1 .75.75v4a.75.75 0 0 1-.75.75h-1.5" /><path d="M4.5 9.5h7v4h-7z" />`,
  ),
  add: icon(svg`<path d="M8 3.25v9.5M3.25 8h9.5" />`),
  reset: icon(svg`<path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.75V5.5h2.75" />`),
  table: icon(
    svg`<rect x="2.25" y="3" width="11.5" height="10" rx="1.5" /><path d="M2.25 6.5h11.5M2.25 9.75h11.5M6.75 6.5V13" />`,
  ),
  chart: icon(svg`<path d="M2.5 13.25h11M4.25 10.75V7.5M8 10.75V3.25M11.75 10.75V5.5" />`),
  chevron: icon(svg`<path d="M4.5 6.25L8 9.75l3.5-3.5" />`),
  up: icon(svg`<path d="M8 12.5v-9M4.5 7L8 3.5 11.5 7" />`),
  down: icon(svg`<path d="M8 3.5v9M4.5 9L8 12.5 11.5 9" />`),
  search: icon(svg`<circle cx="7" cy="7" r="4.25" /><path d="M10.25 10.25L13.5 13.5" />`),
  dashboard: icon(
    svg`<rect x="2.5" y="2.5" width="4.5" height="6" rx="1" /><rect x="9" y="2.5" width="4.5" height="3.5" rx="1" /><rect x="9" y="8" width="4.5" height="5.5" rx="1" /><rect x="2.5" y="10.5" width="4.5" height="3" rx="1" />`,
  ),
  alert: icon(svg`<circle cx="8" cy="8" r="5.75" /><path d="M8 5.25v3.25M8 10.75v.01" />`),
  empty: icon(svg`<circle cx="7" cy="7" r="4.25" /><path d="M10.25 10.25L13.5 13.5M5.25 7h3.5" />`),
} as const;
