import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { chainStart, readAuditLine } from './audit-line.ts';
import { auditPartOf } from './audit-parts.ts';

/** What a check of an audit chain came to. */
export type AuditVerdict =
  | {
      readonly isSound: true;
      /** Number of the last line, counted over all parts. */
      readonly lines: number;
      readonly head: string;
      /** Number of the first line: above 1 where earlier parts were not given. */
      readonly from: number;
    }
  | {
      readonly isSound: false;
      readonly file: string;
      readonly line: number;
      readonly reason: string;
    };

/**
 * Follows an audit chain from its first line through its parts, given in their order. What was cut off at the end does not
 * show in the files alone: compare `head` and `lines` with the last `audit` line of the service's log, which goes elsewhere.
 */
export async function verifyAudit(...files: readonly string[]): Promise<AuditVerdict> {
  let end: { readonly seq: number; readonly hash: string } | undefined;
  let from = 1;
  for (const [index, file] of files.entries()) {
    const isStart = index === 0 && (auditPartOf(file)?.number ?? 1) === 1;
    if (isStart) end = { seq: 0, hash: chainStart };
    const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: 0 });
    let line = 0;
    for await (const text of lines) {
      line += 1;
      const read = readAuditLine(text);
      if (read === undefined) {
        return { isSound: false, file, line, reason: 'its text does not match its hash' };
      }
      if (end !== undefined && (read.prev !== end.hash || read.seq !== end.seq + 1)) {
        return { isSound: false, file, line, reason: 'it does not follow the line above' };
      }
      if (end === undefined) from = read.seq;
      end = read;
    }
  }
  return { isSound: true, lines: end?.seq ?? 0, head: end?.hash ?? chainStart, from };
}

/** Files of several chains, each chain in the order of its parts. */
export function auditChains(files: readonly string[]): string[][] {
  const chains = new Map<string, string[]>();
  const numberOf = (file: string) => auditPartOf(file)?.number ?? 1;
  for (const file of files) {
    const part = auditPartOf(file);
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const chain = part === undefined ? file : folder + part.chain;
    chains.set(chain, [...(chains.get(chain) ?? []), file]);
  }
  return [...chains.values()].map((parts) =>
    parts.toSorted((one, other) => numberOf(one) - numberOf(other)),
  );
}
