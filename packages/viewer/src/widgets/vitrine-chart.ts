import {
  clickTarget,
  type Hit,
  type MemberColors,
  type QueryResult,
  type Theme,
  type TooltipModel,
  tooltipModel,
  type Widget,
} from '@vitrine/charts';
import type { ChartHandle } from '@vitrine/charts/dom';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Translate } from '../i18n/translate.ts';
import { baseStyles } from '../styles/base.ts';
import { chartLabel, speak } from './chart-label.ts';
import { PickEvent, TooltipEvent } from './widget-events.ts';

/** A drawing by ECharts, loaded and made when it comes into view. Arrow keys read its values, Enter filters by one. */
export class VitrineChart extends LitElement {
  @property({ attribute: false }) widget!: Widget;
  @property({ attribute: false }) result!: QueryResult;
  @property({ attribute: false }) theme!: Theme;
  @property({ attribute: false }) colors: MemberColors = {};
  @property({ attribute: false }) t!: Translate;
  @property() locale = 'en-US';
  @property({ type: Boolean, reflect: true }) pickable = false;
  @state() private spoken = '';

  #handle: ChartHandle | undefined;
  #hidden: readonly string[] = [];
  #size = { width: 0, height: 0 };
  #isSeen = false;
  #isLoading = false;
  #adds = false;
  #reading = -1;
  readonly #resizes = new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    this.#size = { width: Math.floor(width), height: Math.floor(height) };
    this.#draw(false);
  });
  #later: ReturnType<typeof setTimeout> | undefined;
  readonly #views = new IntersectionObserver(
    ([entry]) => {
      if (entry?.isIntersecting) this.#see();
    },
    { rootMargin: '200px' },
  );

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        position: relative;
        height: 100%;
        min-height: 0;
      }
      .figure,
      .canvas {
        position: absolute;
        inset: 0;
        border-radius: 6px;
      }
      :host(:not([pickable])) .canvas canvas {
        cursor: default !important;
      }
    `,
  ];

  override render(): TemplateResult {
    const keys = this.pickable ? 'chart.keysFilter' : 'chart.keys';
    return html`
      <div
        class="figure"
        role="img"
        tabindex="0"
        aria-label=${`${chartLabel(this.widget, this.result, this.t)} ${this.t(keys)}`}
        @keydown=${this.#onKey}
        @blur=${this.#endReading}
        @pointerleave=${this.#hideTooltip}
        @click=${{ handleEvent: this.#noteKeys, capture: true }}
      ><div class="canvas" aria-hidden="true"></div></div>
      <div class="sr-only" role="status">${this.spoken}</div>
    `;
  }

  protected override firstUpdated(): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    this.#resizes.observe(canvas);
    this.#views.observe(canvas);
    // Those out of sight follow a little later, so that paper and fast scrolling find them drawn.
    this.#later = setTimeout(() => this.#see(), 900);
  }

  protected override updated(changed: PropertyValues<VitrineChart>): void {
    if (changed.has('result') || changed.has('widget')) this.#hidden = [];
    const drawn = ['result', 'widget', 'theme', 'colors', 'locale'] as const;
    if (drawn.some((name) => changed.has(name))) {
      this.#draw(true);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#hideTooltip();
    this.#resizes.disconnect();
    this.#views.disconnect();
    clearTimeout(this.#later);
    this.#handle?.dispose();
    this.#handle = undefined;
  }

  get #canvas(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.canvas');
  }

  #see(): void {
    this.#isSeen = true;
    this.#views.disconnect();
    this.#draw(true);
  }

  #draw(animate: boolean): void {
    const { width, height } = this.#size;
    if (!this.#isSeen || width < 20 || height < 20) return;
    if (!this.#handle) {
      void this.#create();
      return;
    }
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#handle.update(this.widget, this.result, {
      theme: this.theme,
      colors: this.colors,
      locale: this.locale,
      width,
      height,
      hiddenSeries: this.#hidden,
      animate: animate && !isCalm,
      // The legend of a pie holds its figures: it wraps rather than hide some.
      still: this.widget.type === 'pie',
    });
  }

  /** Text on a canvas does not change its font by itself, so that is awaited too. */
  async #create(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const { fontFamily, fontSizePx } = this.theme.typography;
    const font = document.fonts.load(`${fontSizePx}px ${fontFamily}`).catch(() => undefined);
    const [{ createChart }] = await Promise.all([import('@vitrine/charts/dom'), font]);
    this.#isLoading = false;
    const canvas = this.#canvas;
    if (!this.isConnected || !canvas || this.#handle) return;
    this.#handle = createChart(canvas, {
      onHover: (hit, place) => this.#onHover(hit, place),
      onClick: (hit) => this.#pick(hit, this.#adds),
      onHiddenSeries: (keys) => {
        this.#hidden = keys;
        this.#draw(true);
      },
    });
    this.#draw(true);
  }

  #tooltip(hit: Hit): TooltipModel | undefined {
    const { theme, colors, locale } = this;
    return tooltipModel(this.widget, this.result, hit, {
      theme,
      colors,
      locale,
      hiddenSeries: this.#hidden,
    });
  }

  #onHover(hit: Hit | undefined, { x, y }: { x: number; y: number }): void {
    const box = this.getBoundingClientRect();
    const model = hit ? this.#tooltip(hit) : undefined;
    this.dispatchEvent(new TooltipEvent(model, box.left + x, box.top + y));
  }

  #pick(hit: Hit, adds: boolean): void {
    const target = this.pickable
      ? clickTarget(this.widget, this.result, hit, { locale: this.locale })
      : undefined;
    if (target) this.dispatchEvent(new PickEvent(target, adds));
  }

  readonly #noteKeys = (event: MouseEvent) => {
    this.#adds = event.ctrlKey || event.metaKey || event.shiftKey;
  };

  readonly #hideTooltip = () => {
    this.dispatchEvent(new TooltipEvent(undefined));
  };

  readonly #endReading = () => {
    this.#reading = -1;
    this.spoken = '';
    this.#hideTooltip();
  };

  readonly #onKey = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowDown: 1,
      ArrowLeft: -1,
      ArrowUp: -1,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.#read(step);
    } else if (event.key === 'Enter' && this.#reading >= 0) {
      this.#pick({ dataIndex: this.#reading }, event.ctrlKey || event.metaKey);
    } else if (event.key === 'Escape') {
      this.#endReading();
    }
  };

  /** Goes on to the next place that has a value, and says it. */
  #read(step: number): void {
    const count = Math.max(this.result.values.length, 1) * 4;
    for (let at = this.#reading + step; at >= 0 && at < count; at += step) {
      const model = this.#tooltip({ dataIndex: at });
      if (!model) continue;
      this.#reading = at;
      this.spoken = speak(model);
      const box = this.getBoundingClientRect();
      this.dispatchEvent(
        new TooltipEvent(model, box.left + box.width / 2, box.top + box.height / 3),
      );
      return;
    }
  }
}
