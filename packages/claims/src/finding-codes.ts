import { dataCodes } from './codes/data-codes.ts';
import { jsonCodes } from './codes/json-codes.ts';
import { logicCodes } from './codes/logic-codes.ts';
import { structureCodes } from './codes/structure-codes.ts';
import { tokenCodes } from './codes/token-codes.ts';

/**
 * Every finding there is. `severity` holds unless `at` has one for the use (minting, opening, testing) or the
 * configuration is strict and `strict` has one. Codes are stable: they appear in API answers and in the docs.
 */
export const findingCodes = {
  ...tokenCodes,
  ...jsonCodes,
  ...structureCodes,
  ...logicCodes,
  ...dataCodes,
} as const;

/** The stable code of a finding, the same in code, API answers and docs. */
export type FindingCode = keyof typeof findingCodes;

/** Whether a text is the code of a finding. */
export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(findingCodes, text);
}
