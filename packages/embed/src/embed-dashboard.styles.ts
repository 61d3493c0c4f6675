/** Colours come from the page's `color-scheme`, until a custom property says otherwise. */
export const styles = `
:host {
  display: block;
  position: relative;
  overflow: hidden;
  border-radius: var(--vitrine-embed-radius, 0);
  background: var(--vitrine-embed-background, transparent);
}
:host([hidden]) { display: none; }
iframe, section {
  position: absolute;
  width: 100%;
  height: 100%;
  border: 0;
}
section {
  box-sizing: border-box;
  display: none;
  gap: 16px;
  padding: 16px;
  font: 14px/1.5 system-ui, sans-serif;
  color: var(--vitrine-embed-text, CanvasText);
}
[part='skeleton'] { grid: 88px 1fr / 1fr 1fr 1fr; }
[part='error'] { place-content: center; justify-items: center; text-align: center; }
:is(.idle, .loading) [part='skeleton'], .failed [part='error'] { display: grid; }
.loading iframe { opacity: 0; }
.failed iframe { display: none; }
i {
  border-radius: 8px;
  background: var(--vitrine-embed-skeleton, color-mix(in srgb, currentColor 9%, transparent));
  animation: pulse 1.6s infinite;
}
i:last-child { grid-column: 1 / 4; }
small { opacity: 0.7; }
button {
  font: inherit;
  padding: 8px 16px;
  border: 0;
  border-radius: 8px;
  color: var(--vitrine-embed-on-accent, Canvas);
  background: var(--vitrine-embed-accent, CanvasText);
}
@keyframes pulse { 50% { opacity: 0.4; } }
@media (prefers-reduced-motion) { i { animation: none; } }
`;
