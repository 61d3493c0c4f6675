/** What is left behind by a query that has its answer, or none: its own limits end it later. */
export interface EngineFault {
  readonly what: 'query_not_ended' | 'spill_not_removed';
  /** The code that the database, the driver or the system gives; no text of theirs. */
  readonly reason: string;
}

/** Hears of faults; for a log. */
export type OnFault = (fault: EngineFault) => void;

/** Tells of a fault by the code that an error carries. */
export function report(
  onFault: OnFault | undefined,
  what: EngineFault['what'],
  error: unknown,
): void {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  onFault?.({ what, reason: String(code ?? name) });
}
