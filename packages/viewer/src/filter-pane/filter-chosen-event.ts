/** A control of the filter pane has a new restriction. Bubbles, composed. */
export class FilterChosenEvent extends Event {
  static readonly type = 'vitrine-filter-chosen';
  readonly filter: Readonly<Record<string, unknown>> | undefined;

  constructor(filter: Readonly<Record<string, unknown>> | undefined) {
    super(FilterChosenEvent.type, { bubbles: true, composed: true });
    this.filter = filter;
  }
}
