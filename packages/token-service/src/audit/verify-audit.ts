import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { chainStart, readAuditLine } from './audit-line.ts';

/** What a check of an audit file came to. */
export type AuditVerdict =
  | { readonly isSound: true; readonly lines: number; readonly head: string }
  | { readonly isSound: false; readonly line: number; readonly reason: string };

/**
 * Follows the chain of an audit file from its first line. What was cut off at the end does not show in the file alone:
 * compare `head` and `lines` with the last `audit` line of the service's log, which goes elsewhere.
 */
export async function verifyAudit(file: string): Promise<AuditVerdict> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: 0 });
  let line = 0;
  let head = chainStart;
  for await (const text of lines) {
    line += 1;
    const read = readAuditLine(text);
    const reason =
      read === undefined
        ? 'its text does not match its hash'
        : read.prev !== head || read.seq !== line
          ? 'it does not follow the line above'
          : undefined;
    if (read === undefined || reason !== undefined) {
      return { isSound: false, line, reason: reason ?? '' };
    }
    head = read.hash;
  }
  return { isSound: true, lines: line, head };
}
