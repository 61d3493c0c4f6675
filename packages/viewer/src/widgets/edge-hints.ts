import type { LitElement, ReactiveController } from 'lit';

/**
 * What a table that scrolls under its head needs to know of its size, on the element `.rows`: the classes `more-left` and
 * `more-right` while columns lie beyond that edge, and `--head`, the height of the head in px.
 */
export class EdgeHints implements ReactiveController {
  readonly #host: LitElement;
  readonly #sizes = new ResizeObserver(() => this.update());
  #isWatching = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#host.hasUpdated) this.#watch();
  }

  hostUpdated(): void {
    if (!this.#isWatching) this.#watch();
  }

  hostDisconnected(): void {
    this.#isWatching = false;
    this.#sizes.disconnect();
  }

  /** For `scroll` too. */
  readonly update = (): void => {
    const rows = this.#find('.rows');
    if (!rows) return;
    const { scrollLeft, scrollWidth, clientWidth } = rows;
    rows.classList.toggle('more-left', scrollLeft > 1);
    rows.classList.toggle('more-right', scrollLeft + clientWidth < scrollWidth - 1);
    rows.style.setProperty('--head', `${this.#find('thead')?.offsetHeight ?? 0}px`);
  };

  #watch(): void {
    this.#isWatching = true;
    this.#sizes.observe(this.#host);
    const table = this.#find('table');
    if (table) this.#sizes.observe(table);
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}
