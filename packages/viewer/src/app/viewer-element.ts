import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Viewer } from '../effects/viewer.ts';
import type { ViewerState } from '../store/state.ts';

/** An element that reads the whole state and renders anew when it changes. */
export abstract class ViewerElement extends LitElement {
  @property({ attribute: false }) viewer!: Viewer;

  #unsubscribe: (() => void) | undefined;

  get state(): ViewerState {
    return this.viewer.store.state;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.viewer.store.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }
}
