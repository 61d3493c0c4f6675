import type { Profile } from './claims.ts';
import type { Finding, Use } from './finding.ts';
import { findingOf } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';

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

  add(code: FindingCode, path: Path = [], hint?: string): void {
    const full = this.findings.length >= FindingCollector.limit;
    if (full && this.#hasError) return;
    const { use, profile } = this;
    const finding = findingOf(code, { path, use, profile, ...(hint !== undefined && { hint }) });
    if (full && finding.severity === 'warning') return;
    if (full) this.findings.pop();
    this.findings.push(finding);
    if (finding.severity === 'error') this.#hasError = true;
  }
}
