import type { Profile } from './claims.ts';
import type { Finding, Use } from './finding.ts';
import { findingOf } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';

/** Names and indexes from the root to a place. */
export type Path = readonly (string | number)[];

/** Gathers findings, at most 200. An error is never lost to warnings that filled the list before it. */
export class FindingCollector {
  static readonly limit = 200;
  readonly use: Use;
  readonly profile: Profile;
  readonly findings: Finding[] = [];
  #hasError = false;

  constructor({ use, profile }: { use: Use; profile: Profile }) {
    this.use = use;
    this.profile = profile;
  }

  get hasError(): boolean {
    return this.#hasError;
  }

  /** Reports something at a path from the root; `hint` replaces the one of the table. */
  add(code: FindingCode, path: Path = [], hint?: string): void {
    const { use, profile } = this;
    this.take(findingOf(code, { path, use, profile, ...(hint !== undefined && { hint }) }));
  }

  /** Adds a finding that was made elsewhere. */
  take(finding: Finding): void {
    const full = this.findings.length >= FindingCollector.limit;
    if (full && this.#hasError) return;
    if (full && finding.severity === 'warning') return;
    if (full) this.findings.pop();
    this.findings.push(finding);
    if (finding.severity === 'error') this.#hasError = true;
  }
}
