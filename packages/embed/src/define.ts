import { EmbedDashboard } from './embed-dashboard.ts';

declare global {
  interface HTMLElementTagNameMap {
    'embed-dashboard': EmbedDashboard;
  }
}

// A second copy of the script, or no browser at all, is no error.
if ('customElements' in globalThis && !customElements.get('embed-dashboard'))
  customElements.define('embed-dashboard', EmbedDashboard);

export { EmbedError } from './embed-error.ts';
export { EmbedFrame } from './embed-frame.ts';
export { EmbedDashboard };
