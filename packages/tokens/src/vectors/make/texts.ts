import { now } from './seal.ts';

const oid = '6128c62ea23e09002c411453';
const rule = { dataSourceTitle: 'Sample ECommerce', table: 'Category', column: 'Category' };

/** Structured claims with these members in their only rule. */
export const claimsWith = (...members: readonly string[]) => ({
  sub: oid,
  exp: now + 60,
  grants: { res: [`dashboards/${oid}`], flt: [], acl: [{ ...rule, members }], prm: ['filter'] },
  lng: 'ja-JP',
});

/** Claims whose grants measure exactly so many characters, all of one letter. */
export function grantsOf(length: number, letter: string): string {
  const { grants } = claimsWith('');
  const used = Object.values(grants).reduce((sum, grant) => sum + JSON.stringify(grant).length, 0);
  return JSON.stringify(claimsWith(letter.repeat(length - used)));
}

/** The same JSON with every character beyond ASCII written as \uXXXX. */
export const escaped = (text: string): string =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
