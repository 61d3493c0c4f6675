import { basename } from 'node:path';

const partName = /^([\w.-]{1,255})(?:\+(\d{6}))?\.log$/;

/** Where a file stands in its chain. */
export interface AuditPart {
  /** Of all files of the chain, without their ending. */
  readonly chain: string;
  /** From 1. */
  readonly number: number;
}

/** The name of a part: `<chain>.log`, then `<chain>+000002.log`, … */
export function auditPartName({ chain, number }: AuditPart): string {
  return `${chain}${number === 1 ? '' : `+${String(number).padStart(6, '0')}`}.log`;
}

/** Which part a file is, by its name; undefined for a file of another kind. */
export function auditPartOf(file: string): AuditPart | undefined {
  const [, chain, number = '1'] = partName.exec(basename(file)) ?? [];
  return chain === undefined ? undefined : { chain, number: Number(number) };
}
