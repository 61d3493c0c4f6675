import { startTime } from './start-service.ts';

/** A value of a claim as JSON text, empty for none, and the code it is refused with in every flow (B-10). */
export type GoldenCase = readonly [text: string, code: string];

const now = startTime / 1000;
const hex = '6128c62ea23e09002c411453';
const deep = 40;

const all = (code: string, ...texts: string[]): GoldenCase[] => texts.map((text) => [text, code]);
const quoted = (text: string) => JSON.stringify(text);
const listed = (...texts: string[]) => JSON.stringify(texts);
const ruled = (more: object) =>
  JSON.stringify([{ dataSourceTitle: 'A', table: 'T', column: 'C', members: ['m'], ...more }]);

/** Wrong wherever it stands, since it is no JSON that all readers understand alike. */
const brokenJson: readonly GoldenCase[] = [
  ...all('json_number_inexact', '9007199254740993', '1e400', '-1e400', '-0', '1e-400'),
  ...all('json_number_inexact', '0.1000000000000000055511151231257827'),
  ...all('json_text_forbidden', '"\\u0000"', '"\\ud800"', '"\\udc00x"'),
  ...all('json_duplicate_name', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[{"b":{"c":1,"c":1}}]'),
  ...all('json_name_forbidden', '{"__proto__":{}}', '{"constructor":1}', '[{"prototype":1}]'),
  ...all('json_too_deep', '['.repeat(deep) + ']'.repeat(deep)),
  ...all('json_string_too_long', quoted('x'.repeat(81_201))),
  ...all('json_invalid', 'NaN', '[1,]', '"\\x"'),
];
const someBrokenJson = [0, 6, 9, 12, 17].flatMap((index) => brokenJson.slice(index, index + 1));

const languages: readonly GoldenCase[] = [...all('not_text', '5', 'true', 'null', '[]', '{}')];
const notLanguages = [
  '',
  'en',
  'en-us',
  'EN-US',
  'en_US',
  'en-GB',
  'de-AT',
  ' en-US',
  'en-US ',
  'x',
];

/** The claims of the source document, with twenty wrong values each. Those without logic can only be wrong as JSON. */
export const goldenCases: Readonly<Record<string, readonly GoldenCase[]>> = {
  sub: [
    ...all('sub_missing', ''),
    ...all('not_text', '5', '0', '-1', '1.5', 'true', 'false', 'null', '[]', '["ada"]', '{}'),
    ...all('not_text', '{"$ne":null}'),
    ...all('text_empty', '""'),
    ...all('text_too_long', quoted('x'.repeat(257)), quoted('x'.repeat(1_000))),
    ...someBrokenJson,
  ],
  exp: [
    ...all('exp_missing', '', 'null'),
    ...all('date_not_number', '"x"', '""', 'true', 'false', '[]', '{}'),
    ...all('date_negative', '-1'),
    ...all('date_in_milliseconds', String(startTime + 60_000)),
    ...all('date_out_of_range', '253402300800000', '1e300'),
    ...all('expired', String(now), String(now - 1)),
    ...all('exp_too_late', String(now + 86_401)),
    ...someBrokenJson,
  ],
  nbf: [
    ...all('date_not_number', 'null', '"x"', '""', '"0"', 'true', 'false', '[]', '[0]', '{}'),
    ...all('date_negative', '-1', '-0.5'),
    ...all('date_in_milliseconds', String(startTime)),
    ...all('date_out_of_range', '253402300800000', '1e300'),
    ...all('exp_not_after_nbf', String(now + 60)),
    ...someBrokenJson,
  ],
  iat: brokenJson,
  iss: brokenJson,
  lng: [...languages, ...all('language_unknown', ...notLanguages.map(quoted)), ...someBrokenJson],
  loc: [...languages, ...all('locale_unknown', ...notLanguages.map(quoted)), ...someBrokenJson],
  thm: [
    ...all('not_text', '5', 'true', 'null', '[]', '{}'),
    ...all(
      'theme_form',
      '""',
      '"x"',
      quoted(hex.slice(1)),
      quoted(`${hex}a`),
      quoted('g'.repeat(24)),
    ),
    ...all('theme_form', quoted(`themes/${hex}`), quoted(`${hex}\n`), quoted(` ${hex}`)),
    ...all('theme_form', quoted(`${hex} `), '"../../etc"'),
    ...someBrokenJson,
  ],
  trc: [
    ...all('not_list', '5', 'true', 'null', '{}', '"x"'),
    ...all('not_text', '[5]', '[null]', '[true]', '[[]]', '[{}]'),
    ...all(
      'tags_too_many',
      JSON.stringify(Array(21).fill('x')),
      JSON.stringify(Array(100).fill('x')),
    ),
    ...all(
      'tag_too_long',
      listed('x'.repeat(65)),
      listed('ok', 'x'.repeat(65)),
      listed('x'.repeat(1_000)),
    ),
    ...someBrokenJson,
  ],
  grants: [
    ...all('not_object', '5', 'true', 'null', '[]', '"x"', '[1]'),
    ...all('not_list', '{"prm":5}', '{"res":null}', '{"acl":{}}', '{"flt":"x"}'),
    ...all('name_misspelt', '{"ACL":[]}', '{"accl":[]}'),
    ...all('name_unknown', '{"foo":1}', '{"grants":{}}'),
    ...all('name_misplaced', '{"sub":"x"}'),
    ...someBrokenJson,
  ],
  res: [
    ...all('not_list', '5', 'true', 'null', '{}', quoted(`dashboards/${hex}`)),
    ...all('not_text', '[5]', '[null]', '[{}]'),
    ...all(
      'resource_form',
      listed('x'),
      listed(''),
      listed('dashboards/'),
      listed('dashboards/xyz'),
    ),
    ...all(
      'resource_form',
      listed(`Dashboards/${hex}`),
      listed(`dashboards/${hex}/widgets/${hex}`),
    ),
    ...all('resource_form', listed(hex)),
    ...someBrokenJson,
  ],
  flt: [
    ...all('not_list', '5', 'true', 'null', '{}', '"x"'),
    ...all('filter_form', '[5]', '[null]', '[[]]', '["x"]', '[{}]', '[{"jaql":null}]'),
    ...all('filter_form', '[{"jaql":[]}]', '[{"jaql":"x"}]', '[{"jaql":5}]', '[{"filter":{}}]'),
    ...someBrokenJson,
  ],
  acl: [
    ...all('acl_erasure_refused', '[]'),
    ...all('not_list', '5', 'null', '{}', '"x"', ruled({ members: 'x' })),
    ...all('not_object', '[5]', '[null]'),
    ...all('member_missing', '[{}]', ruled({ table: undefined })),
    ...all('not_text', ruled({ table: 5 })),
    ...all('text_empty', ruled({ table: '' })),
    ...all('datatype_unknown', ruled({ datatype: 'x' })),
    ...all('rule_member_form', ruled({ members: [true] })),
    ...all('not_boolean', ruled({ exclusionary: 1 })),
    ...someBrokenJson,
  ],
  prm: [
    ...all('not_list', '5', 'true', 'null', '{}', '"filter"'),
    ...all('not_text', '[5]', '[null]', '[[]]'),
    ...all('ability_unknown', '["x"]', '[""]', '["Filter"]', '["FILTER"]', '["filter "]'),
    ...all('ability_unknown', '["export","edit"]', '["filter,export"]'),
    ...someBrokenJson,
  ],
};

const grantNames: ReadonlySet<string> = new Set(['res', 'flt', 'acl', 'prm']);

/** Claims that are good but for one of them. */
export function claimsWith(claim: string, text: string): string {
  const top: Record<string, string> = { sub: '"ada"', exp: String(now + 60) };
  const grants: Record<string, string> = { prm: '[]' };
  if (grantNames.has(claim)) grants[claim] = text;
  top.grants = written(grants);
  if (!grantNames.has(claim)) top[claim] = text;
  return written(top);
}

function written(members: Readonly<Record<string, string>>): string {
  const present = Object.entries(members).filter(([, text]) => text !== '');
  return `{${present.map(([name, text]) => `"${name}":${text}`).join(',')}}`;
}
