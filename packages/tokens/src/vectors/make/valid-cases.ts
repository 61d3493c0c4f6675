import { deflateRawSync } from 'node:zlib';
import type { ValidCase } from './case.ts';
import { header, kid, now, plainHeader, type Sealing, seal } from './seal.ts';
import { claimsWith, escaped, grantsOf } from './texts.ts';

const structured = JSON.stringify(claimsWith('Laptops', 'Cell Phones'));
const scripts = JSON.stringify(claimsWith('漢字', 'かな', '한글', 'é', '😀'));
const alone = '{"sub":"u1","grants":{"prm":[]}}';

type More = Sealing & Pick<ValidCase, 'profile' | 'warnings'>;

function valid(name: string, title: string, text: string, more: More = {}): ValidCase {
  const { profile, warnings, ...sealing } = more;
  return {
    name,
    title,
    text,
    ...(profile && { profile }),
    ...(warnings && { warnings }),
    token: (publicKey) => seal(publicKey, text, sealing),
  };
}

const warning = (code: NonNullable<More['warnings']>[number], ...more: (typeof code)[]) => ({
  warnings: [code, ...more],
});

const headerCases = [
  valid('compressed', 'the usual token', structured),
  valid('uncompressed', 'zip may be absent', structured, { header: plainHeader }),
  valid('header-order', 'header members in another order', structured, {
    header: { zip: 'DEF', kid, enc: 'A128GCM', alg: 'RSA-OAEP-256', typ: 'JWT' },
  }),
  valid('header-blanks', 'blanks and line breaks in the header', structured, {
    header: JSON.stringify(header, null, 2),
  }),
  valid('header-escapes', 'a header name and value written with escapes', structured, {
    header: `{"\\u0074yp":"JWT","alg":"RSA-OAEP\\u002d256","enc":"A128GCM","zip":"DEF","kid":"${kid}"}`,
  }),
  valid('deflate-stored', 'a deflate stream of stored blocks', structured, {
    compress: (bytes) => deflateRawSync(bytes, { level: 0 }),
  }),
];

const textCases = [
  valid('sub-alone', 'sub alone inherits everything', '{"sub":"u1"}', warning('prm_absent')),
  valid(
    'empty-grants',
    'every grant present and empty',
    '{"sub":"u1","grants":{"res":[],"flt":[],"acl":[],"prm":[]}}',
    warning('acl_erased'),
  ),
  valid('letters', 'CJK, accents and emoji as UTF-8', scripts),
  valid('letters-escaped', 'the same as \\uXXXX, surrogate pairs included', escaped(scripts)),
  valid(
    'text-blanks',
    'blanks and line breaks in the claims',
    JSON.stringify(claimsWith('Laptops'), null, 2),
  ),
  valid('text-padded', 'blanks after the claims, to hide their length', alone.padEnd(256), {
    header: plainHeader,
  }),
  valid(
    'iat-text',
    'iat and iss are carried without any check',
    '{"sub":"u1","iat":"x","iss":7,"grants":{"prm":[]}}',
  ),
  valid(
    'name-unknown',
    "a claim of one's own",
    '{"sub":"u1","ticket":7,"grants":{"prm":[]}}',
    warning('name_unknown'),
  ),
  valid(
    'name-misplaced',
    'acl outside grants has no effect',
    '{"sub":"u1","acl":[],"grants":{"prm":[]}}',
    warning('name_misplaced'),
  ),
  valid(
    'language-unknown',
    'an unknown language falls back to the default',
    '{"sub":"u1","lng":"xx-XX","grants":{"prm":[]}}',
    warning('language_unknown'),
  ),
  valid('strict', 'claims that a strict configuration takes', structured, { profile: 'strict' }),
];

const timed = (times: object) => JSON.stringify({ sub: 'u1', ...times, grants: { prm: [] } });

const timeCases = [
  valid('exp-null', 'exp null never expires', timed({ exp: null })),
  valid('exp-next-second', 'exp one second from now', timed({ exp: now + 1 })),
  valid('exp-fraction', 'exp with a fraction', timed({ exp: now + 0.5 })),
  valid('nbf-now', 'nbf reached this second', timed({ nbf: now })),
];

const limitCases = [
  valid('limit', 'grants of exactly 81,200 characters', grantsOf(81_200, 'x')),
  valid('limit-uncompressed', 'the same uncompressed', grantsOf(81_200, 'x'), {
    header: plainHeader,
  }),
  valid('limit-letters', '81,200 UTF-16 code units of CJK', grantsOf(81_200, '漢')),
  valid(
    'limit-escaped',
    'the same as \\uXXXX: more than 450,000 bytes of claims',
    escaped(grantsOf(81_200, '漢')),
  ),
];

export const validCases: readonly ValidCase[] = [
  ...headerCases,
  ...textCases,
  ...timeCases,
  ...limitCases,
];
