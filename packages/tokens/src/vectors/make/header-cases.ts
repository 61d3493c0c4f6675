import type { FindingCode } from '@vitrine/claims';
import type { InvalidCase } from './case.ts';
import { header, kid, plainHeader, seal } from './seal.ts';

const claims = '{"sub":"u1","grants":{"prm":[]}}';

function refused(
  name: string,
  title: string,
  head: object | string,
  ...findings: readonly FindingCode[]
): InvalidCase {
  return {
    name: `header-${name}`,
    title,
    code: 'token_malformed',
    findings,
    token: (publicKey) => seal(publicKey, claims, { header: head }),
  };
}

const without = (name: keyof typeof header) => ({ ...header, [name]: undefined });
const value = (name: string, title: string, more: object) =>
  refused(name, title, { ...plainHeader, ...more }, 'header_value_refused');
const extra = (name: string, more: unknown) =>
  refused(
    name,
    `${name} may not stand in the header`,
    { ...header, [name]: more },
    'header_name_refused',
  );
const text = (name: string, title: string, head: string, finding: FindingCode) =>
  refused(name, title, head, finding);

/** Headers outside the allow-list of TOK-1; apart from it the tokens are sound. */
export const headerCases: readonly InvalidCase[] = [
  value('alg-none', 'no encryption', { alg: 'none' }),
  value('alg-rsa1-5', 'another padding', { alg: 'RSA1_5' }),
  value('alg-rsa-oaep', 'OAEP with SHA-1 by name', { alg: 'RSA-OAEP' }),
  value('alg-rsa-oaep-512', 'OAEP with SHA-512 by name', { alg: 'RSA-OAEP-512' }),
  value('alg-dir', 'a shared key', { alg: 'dir' }),
  value('alg-a256kw', 'a wrapped key', { alg: 'A256KW' }),
  value('alg-ecdh-es', 'key agreement', { alg: 'ECDH-ES' }),
  value('alg-hs256', 'a signature algorithm', { alg: 'HS256' }),
  value('alg-case', 'the name in lower case', { alg: 'rsa-oaep-256' }),
  value('alg-list', 'a list in place of a name', { alg: ['RSA-OAEP-256'] }),
  value('enc-a256gcm', 'another content encryption', { enc: 'A256GCM' }),
  value('enc-cbc', 'CBC with HMAC', { enc: 'A128CBC-HS256' }),
  value('zip-gzip', 'another compression', { zip: 'GZIP' }),
  value('zip-null', 'zip present without a value', { zip: null }),
  value('typ-jose', 'another type', { typ: 'JOSE' }),
  value('typ-case', 'the type in lower case', { typ: 'jwt' }),
  refused('no-typ', 'typ is missing', without('typ'), 'header_member_missing'),
  refused('no-alg', 'alg is missing', without('alg'), 'header_member_missing'),
  refused('no-enc', 'enc is missing', without('enc'), 'header_member_missing'),
  refused('no-kid', 'kid is missing', without('kid'), 'header_member_missing'),
  refused('kid-short', 'kid is too short', { ...header, kid: kid.slice(1) }, 'kid_form'),
  refused('kid-path', 'kid is a path', { ...header, kid: '../../etc/passwd' }, 'kid_form'),
  refused('kid-object', 'kid is an object', { ...header, kid: { $ne: null } }, 'kid_form'),
  refused('kid-number', 'kid is a number', { ...header, kid: 7 }, 'kid_form'),
  {
    ...refused(
      'cty',
      'a signed token, which a plain configuration does not take',
      { ...header, cty: 'JWT' },
      'signature_unexpected',
    ),
    code: 'token_refused',
  },
  extra('crit', ['exp']),
  extra('jku', 'https://attacker.example/keys'),
  extra('jwk', { kty: 'oct', k: 'AAAA' }),
  extra('x5u', 'https://attacker.example/cert'),
  extra('p2c', 1_000_000_000),
  extra('epk', {}),
  extra('b64', false),
  text(
    'duplicate-alg',
    'a name that stands twice',
    `{"alg":"none",${JSON.stringify(header).slice(1)}`,
    'json_duplicate_name',
  ),
  text(
    'duplicate-escaped',
    'a name that stands twice, once escaped',
    `{"\\u0061lg":"none",${JSON.stringify(header).slice(1)}`,
    'json_duplicate_name',
  ),
  text('bom', 'a byte order mark', `\ufeff${JSON.stringify(header)}`, 'json_bom'),
  text('not-json', 'no JSON', 'typ=JWT', 'json_invalid'),
  text('list', 'a list', JSON.stringify([header]), 'not_object'),
  refused(
    'several',
    'several faults are found at once',
    { typ: 'JWT', alg: 'dir', enc: 'A256GCM', jku: 'x' },
    'header_member_missing',
    'header_name_refused',
    'header_value_refused',
    'header_value_refused',
  ),
];
