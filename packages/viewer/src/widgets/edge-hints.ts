import type { LitElement, ReactiveController } from 'lit';

/** Gives the element `.rows` the classes `more-left` and `more-right` while columns of its table lie beyond that edge. */
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
