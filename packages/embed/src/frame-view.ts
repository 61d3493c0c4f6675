import { styles } from './embed-dashboard.styles.ts';
import { errorText } from './error-text.ts';

export type FrameState = 'idle' | 'loading' | 'loaded' | 'failed';

/**
 * What the frame may do: run, be of its own origin, download exports, and open links of rich text in ordinary tabs.
 * Not: navigate this page, submit forms, open dialogs (G-4).
 */
const sandbox =
  'allow-scripts allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox';

/** The shadow tree around a frame: skeleton, error state and the iframe itself. */
export class FrameView {
  readonly host: Element;
  /** Of `:host`, so that what the page says about the element's size wins. */
  readonly #style: CSSStyleDeclaration;
  readonly #box = make('div');
  readonly #sentence = make('span');
  readonly #code = make('small');
  readonly #retry = make('button', { type: 'button', part: 'retry' });
  #title = '';
  #iframe: HTMLIFrameElement | undefined;

  constructor(root: ShadowRoot, onRetry: () => void) {
    this.host = root.host;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    this.#style = (sheet.cssRules[0] as CSSStyleRule).style;
    root.adoptedStyleSheets = [sheet];
    this.#retry.addEventListener('click', onRetry);
    const skeleton = make('section', { part: 'skeleton', ariaHidden: 'true' });
    skeleton.append(make('i'), make('i'), make('i'), make('i'));
    const error = make('section', { part: 'error', role: 'alert' });
    const words = make('slot', { name: 'error' });
    words.append(this.#sentence, this.#code);
    error.append(words, this.#retry);
    this.#box.append(skeleton, error);
    root.append(this.#box);
  }

  /** In CSS pixels. */
  get size(): { readonly width: number; readonly height: number } {
    const { width, height } = this.host.getBoundingClientRect();
    return { width, height };
  }

  show(state: FrameState): void {
    this.#box.className = state;
    this.#box.ariaBusy = String(state === 'loading');
  }

  setError(code: string, language: string): void {
    [this.#sentence.textContent, this.#retry.textContent] = errorText(language);
    this.#code.textContent = code;
  }

  /** A frame that has gone nowhere yet; the caller listens to its window first. */
  addFrame(): HTMLIFrameElement {
    this.removeFrame();
    this.#iframe = make('iframe', {
      part: 'frame',
      sandbox,
      title: this.#title,
      allow: 'fullscreen',
      referrerPolicy: 'no-referrer',
    });
    this.#box.append(this.#iframe);
    return this.#iframe;
  }

  removeFrame(): void {
    this.#iframe?.remove();
    this.#iframe = undefined;
  }

  /** `height` `undefined`: that of the container. */
  layOut(title: string, minHeight: number, height: number | undefined): void {
    this.#style.minHeight = `${minHeight}px`;
    this.#style.height = height ? `${height}px` : '100%';
    this.#title = title;
    if (this.#iframe) this.#iframe.title = title;
  }

  remove(): void {
    this.#box.remove();
  }
}

/** Properties, not attributes; `part` and `sandbox` take text too. */
const make = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties?: Readonly<Record<string, string>>,
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(name), properties);
