import type { ClickTarget, TooltipModel } from '@vitrine/charts';

/** The reader chose a member in a widget; `adds` with ctrl, meta or shift held. Bubbles, composed. */
export class PickEvent extends Event {
  static readonly type = 'vitrine-pick';
  readonly picked: ClickTarget;
  readonly adds: boolean;

  constructor(picked: ClickTarget, adds: boolean) {
    super(PickEvent.type, { bubbles: true, composed: true });
    this.picked = picked;
    this.adds = adds;
  }
}

/** A widget has something to say at a place of the viewport, or (no model) no more. Bubbles, composed. */
export class TooltipEvent extends Event {
  static readonly type = 'vitrine-tooltip';
  readonly model: TooltipModel | undefined;
  readonly clientX: number;
  readonly clientY: number;

  constructor(model: TooltipModel | undefined, clientX = 0, clientY = 0) {
    super(TooltipEvent.type, { bubbles: true, composed: true });
    this.model = model;
    this.clientX = clientX;
    this.clientY = clientY;
  }
}

/** The reader wants a failed widget tried again. Bubbles, composed. */
export class RetryEvent extends Event {
  static readonly type = 'vitrine-retry';
  readonly widget: string;

  constructor(widget: string) {
    super(RetryEvent.type, { bubbles: true, composed: true });
    this.widget = widget;
  }
}

/** The reader wants one widget's rows as a file. Bubbles, composed. */
export class ExportWidgetEvent extends Event {
  static readonly type = 'vitrine-export-widget';
  readonly widget: string;

  constructor(widget: string) {
    super(ExportWidgetEvent.type, { bubbles: true, composed: true });
    this.widget = widget;
  }
}

declare global {
  interface HTMLElementEventMap {
    'vitrine-pick': PickEvent;
    'vitrine-tooltip': TooltipEvent;
    'vitrine-retry': RetryEvent;
    'vitrine-export-widget': ExportWidgetEvent;
  }
}
