import { type Finding, findingOf, parseStrictJson } from '@vitrine/claims';
import { base64url } from 'jose';
import { decodeText } from './decode-text.ts';
import { splitToken } from './split-token.ts';
import { suiteOf } from './suite-of.ts';
import { TokenError } from './token-error.ts';
import { tokenSuites } from './token-suites.ts';

/** The protected header of a token (TOK-1): nothing else may stand in it. */
export interface TokenHeader {
  readonly typ: 'JWT';
  /** With `enc` a pair of `tokenSuites`. */
  readonly alg: string;
  readonly enc: string;
  readonly zip?: 'DEF';
  /** The token holds a signed token (RFC 7519 §5.2), not claims. */
  readonly cty?: 'JWT';
  /** Id of the token configuration, 24 hexadecimal digits. */
  readonly kid: string;
}

const kidPattern = /^[0-9a-f]{24}$/i;
const mandatoryNames = ['typ', 'alg', 'enc', 'kid'] as const;

/** The allow-list: each name with the test of its value. */
const headerMembers: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['typ', (value: unknown) => value === 'JWT'],
  ['alg', (value: unknown) => tokenSuites.some(({ alg }) => alg === value)],
  ['enc', (value: unknown) => tokenSuites.some(({ enc }) => enc === value)],
  ['zip', (value: unknown) => value === 'DEF'],
  ['cty', (value: unknown) => value === 'JWT'],
  ['kid', isKid],
]);

/** Whether a value has the form of a configuration's id. */
export function isKid(value: unknown): value is string {
  return typeof value === 'string' && kidPattern.test(value);
}

/** What was last read from a segment: all tokens of a key and a library have the same one, and so has a flood of forged ones. */
class KnownSegments<Read> {
  readonly #read = new Map<string, Read>();

  get(segment: string): Read | undefined {
    return this.#read.get(segment);
  }

  set(segment: string, read: Read): Read {
    if (this.#read.size >= maxKnown) this.#read.clear();
    // A copy: a part of a text keeps the whole of it in memory, here 640 KiB of a stranger's token.
    this.#read.set(Buffer.from(segment, 'latin1').toString('latin1'), read);
    return read;
  }
}

const maxKnown = 256;
const goodHeaders = new KnownSegments<TokenHeader>();
const badHeaders = new KnownSegments<readonly Finding[]>();

/**
 * Reads a token's header after every check that needs no key, so that hostile text is refused before any RSA work. A header that
 * was refused before is refused again without a look at the rest. Throws `TokenError` `token_malformed`; its findings name all
 * that is wrong with the header.
 */
export function readHeader(token: string): TokenHeader {
  const refused = badHeaders.get(token.slice(0, Math.max(0, token.indexOf('.'))));
  if (refused !== undefined) throw malformed(refused);
  const { header: segment } = splitToken(token);
  const good = goodHeaders.get(segment);
  if (good !== undefined) return good;
  const header = parseHeader(segment);
  if (isFindings(header)) throw malformed(badHeaders.set(segment, header));
  return goodHeaders.set(segment, header);
}

function isFindings(header: TokenHeader | readonly Finding[]): header is readonly Finding[] {
  return Array.isArray(header);
}

function parseHeader(segment: string): TokenHeader | readonly Finding[] {
  const text = decodeText(base64url.decode(segment));
  if (text === undefined) return [findingOf('json_not_utf8')];
  const { value, findings } = parseStrictJson(text);
  if (value === undefined) return findings;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [findingOf('not_object')];
  }
  const members: Partial<Record<string, unknown>> = { ...value };
  const flaws = flawsOf(members);
  const { kid, zip, cty } = members;
  if (flaws.length > 0 || !isKid(kid)) return flaws;
  const suite = suiteOf(members);
  if (suite === undefined) return [findingOf('header_value_refused', { path: ['enc'] })];
  return Object.freeze({
    typ: 'JWT',
    ...{ alg: suite.alg, enc: suite.enc },
    ...(zip === 'DEF' && { zip }),
    ...(cty === 'JWT' && { cty }),
    kid,
  });
}

function flawsOf(members: Partial<Record<string, unknown>>): Finding[] {
  const flaws: Finding[] = [];
  for (const [name, value] of Object.entries(members)) {
    const isAllowed = headerMembers.get(name);
    if (isAllowed === undefined) flaws.push(findingOf('header_name_refused', { path: [name] }));
    else if (!isAllowed(value)) {
      const code = name === 'kid' ? 'kid_form' : 'header_value_refused';
      flaws.push(findingOf(code, { path: [name] }));
    }
  }
  for (const name of mandatoryNames) {
    if (!(name in members)) flaws.push(findingOf('header_member_missing', { path: [name] }));
  }
  return flaws;
}

function malformed(findings: readonly Finding[]): TokenError {
  return new TokenError('token_malformed', undefined, { findings });
}
