import type { FindingCode, Profile } from '@vitrine/claims';
import type { InvalidCase } from './case.ts';
import { now, seal } from './seal.ts';
import { claimsWith, grantsOf } from './texts.ts';

type Claims = object | string | Buffer;

function refused(
  [name, title]: readonly [string, string],
  claims: Claims,
  code: InvalidCase['code'],
  findings: readonly FindingCode[],
  profile?: Profile,
): InvalidCase {
  const isText = typeof claims === 'string' || Buffer.isBuffer(claims);
  const text = isText ? claims : JSON.stringify(claims);
  const token = (publicKey: string) => seal(publicKey, text);
  return { name, title, ...(profile && { profile }), code, findings, token };
}

const malformed = (name: string, title: string, claims: Claims, ...findings: FindingCode[]) =>
  refused([name, title], claims, 'token_malformed', findings);
const illogical = (name: string, title: string, claims: Claims, ...findings: FindingCode[]) =>
  refused([name, title], claims, 'token_refused', findings);

const user = (more: object) => ({ sub: 'u1', grants: { prm: [] }, ...more });
const granting = (grants: object) => user({ grants: { prm: [], ...grants } });
const rule = { dataSourceTitle: 'A', table: 'T', column: 'C' };
const deep = (levels: number) =>
  `{"sub":"u1","iss":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

const jsonCases = [
  malformed(
    'json-not-utf8',
    'bytes that are not UTF-8',
    Buffer.from([0x7b, 0xff, 0x7d]),
    'json_not_utf8',
  ),
  malformed('json-bom', 'a byte order mark', '\ufeff{"sub":"u1"}', 'json_bom'),
  malformed('json-broken', 'no JSON', '{"sub":"u1"', 'json_invalid'),
  malformed('json-list', 'a list', '["u1"]', 'not_object'),
  malformed(
    'json-duplicate',
    'grants twice: which one counts?',
    '{"sub":"u1","grants":{"acl":[]},"grants":{}}',
    'json_duplicate_name',
  ),
  malformed(
    'json-duplicate-escaped',
    'a name twice, once escaped',
    '{"sub":"u1","\\u0073ub":"u2"}',
    'json_duplicate_name',
  ),
  malformed(
    'json-number',
    'a number that a double cannot hold',
    '{"sub":"u1","iss":9007199254740993}',
    'json_number_inexact',
  ),
  malformed(
    'json-proto',
    'a name that JavaScript reserves',
    '{"sub":"u1","iss":{"__proto__":{}}}',
    'json_name_forbidden',
  ),
  malformed('json-nul', 'a NUL character', '{"sub":"u\\u0000"}', 'json_text_forbidden'),
  malformed(
    'json-surrogate',
    'half of a surrogate pair',
    '{"sub":"u\\ud83d"}',
    'json_text_forbidden',
  ),
  malformed('json-deep', '33 levels', deep(33), 'json_too_deep'),
];

const typeCases = [
  malformed('sub-missing', 'no sub', { grants: { prm: [] } }, 'sub_missing'),
  malformed('sub-empty', 'an empty sub', user({ sub: '' }), 'text_empty'),
  malformed('sub-number', 'sub as a number', user({ sub: 5 }), 'not_text'),
  malformed('grants-list', 'grants as a list', { sub: 'u1', grants: [] }, 'not_object'),
  malformed(
    'res-text',
    'res as a text',
    granting({ res: 'dashboards/6128c62ea23e09002c411453' }),
    'not_list',
  ),
  malformed(
    'flt-form',
    'a filter without jaql',
    granting({ flt: [{ dim: '[T.C]' }] }),
    'filter_form',
  ),
  malformed(
    'rule-incomplete',
    'a rule that names no data source',
    granting({ acl: [{ ...rule, dataSourceTitle: undefined }] }),
    'member_missing',
  ),
  malformed(
    'rule-member-boolean',
    'a member that is neither text nor number',
    granting({ acl: [{ ...rule, members: [true] }] }),
    'rule_member_form',
  ),
  malformed(
    'rule-flag-text',
    'exclusionary as a text',
    granting({ acl: [{ ...rule, members: ['x'], exclusionary: 'false' }] }),
    'not_boolean',
  ),
  malformed(
    'rule-datatype',
    'a datatype that does not exist',
    granting({ acl: [{ ...rule, members: ['x'], datatype: 'int' }] }),
    'datatype_unknown',
  ),
];

const timeCases = [
  malformed('exp-text', 'exp as a text', user({ exp: String(now + 60) }), 'date_not_number'),
  malformed('exp-boolean', 'exp as a boolean', user({ exp: true }), 'date_not_number'),
  malformed('exp-negative', 'exp before 1970', user({ exp: -1 }), 'date_negative'),
  malformed(
    'exp-milliseconds',
    'exp in milliseconds',
    user({ exp: (now + 60) * 1000 }),
    'date_in_milliseconds',
  ),
  malformed(
    'exp-infinite',
    'exp beyond every number',
    '{"sub":"u1","exp":1e400}',
    'date_out_of_range',
    'json_number_inexact',
  ),
  malformed('exp-year-10000', 'exp beyond the year 9999', user({ exp: 1e15 }), 'date_out_of_range'),
  refused(['exp-now', 'refused at exp'], user({ exp: now }), 'token_expired', ['expired']),
  refused(['exp-past', 'refused after exp'], user({ exp: now - 1 }), 'token_expired', ['expired']),
  refused(
    ['nbf-next-second', 'refused before nbf'],
    user({ nbf: now + 1 }),
    'token_not_yet_valid',
    ['not_yet_valid'],
  ),
  illogical(
    'exp-before-nbf',
    'never valid',
    user({ nbf: now - 5, exp: now - 5 }),
    'exp_not_after_nbf',
    'expired',
  ),
];

const logicCases = [
  illogical(
    'prm-unknown',
    'an ability that does not exist',
    granting({ prm: ['edit'] }),
    'ability_unknown',
  ),
  illogical(
    'res-form',
    'res that names no dashboard',
    granting({ res: ['6128c62ea23e09002c411453'] }),
    'resource_form',
  ),
  illogical(
    'tags-too-many',
    '21 tracking tags',
    user({ trc: Array(21).fill('x') }),
    'tags_too_many',
  ),
  illogical(
    'limit-exceeded',
    'grants of 81,201 characters',
    grantsOf(81_201, 'x'),
    'grants_too_long',
  ),
  illogical(
    'limit-exceeded-letters',
    '81,201 UTF-16 code units of CJK',
    grantsOf(81_201, '漢'),
    'grants_too_long',
  ),
];

const strict = (
  name: string,
  title: string,
  claims: object,
  code: InvalidCase['code'],
  ...findings: FindingCode[]
) => refused([`strict-${name}`, title], claims, code, findings, 'strict');
const dated = (more: object) => ({ ...claimsWith('x'), ...more });

const strictCases = [
  strict('exp-missing', 'no exp', dated({ exp: undefined }), 'token_refused', 'exp_missing'),
  strict('exp-null', 'exp null', dated({ exp: null }), 'token_refused', 'exp_missing'),
  strict(
    'acl-erased',
    'an empty acl',
    dated({ grants: { acl: [], prm: [] } }),
    'token_refused',
    'acl_erasure_refused',
  ),
  strict(
    'misplaced',
    'acl outside grants',
    dated({ acl: [] }),
    'token_malformed',
    'name_misplaced',
  ),
  strict('misspelt', 'grants misspelt', dated({ Grants: {} }), 'token_malformed', 'name_misspelt'),
  strict(
    'unknown',
    "a claim of one's own",
    dated({ ticket: 7 }),
    'token_malformed',
    'name_unknown',
  ),
  strict(
    'language',
    'a language that does not exist',
    dated({ lng: 'xx-XX' }),
    'token_refused',
    'language_unknown',
  ),
];

/** Sound tokens whose claims must be refused. */
export const claimsCases: readonly InvalidCase[] = [
  ...jsonCases,
  ...typeCases,
  ...timeCases,
  ...logicCases,
  ...strictCases,
];
