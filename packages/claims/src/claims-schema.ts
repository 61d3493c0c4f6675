import * as v from 'valibot';
import type { AclRule } from './claims.ts';
import type { FindingCode } from './finding-codes.ts';
import type { DashboardFilter } from './jaql-item.ts';

/** Types of all claims. The message of each part is the code of its finding. */

const longestText = 256;
const mostUses = 1_000_000;
const firstMilliseconds = 1e11;
/** 10000-01-01T00:00:00Z */
const endOfDates = 253_402_300_800;

const coded = <Code extends FindingCode>(code: Code): Code => code;

const text = v.string(coded('not_text'));
const shortText = v.pipe(
  text,
  v.nonEmpty(coded('text_empty')),
  v.maxLength(longestText, coded('text_too_long')),
);
const name = v.pipe(text, v.nonEmpty(coded('text_empty')));
const flag = v.exactOptional(v.nullable(v.boolean(coded('not_boolean'))));

const isMilliseconds = (date: number) => date > firstMilliseconds && date < endOfDates * 1000;
const numericDate = v.pipe(
  v.number(coded('date_not_number')),
  v.check((date) => date >= 0, coded('date_negative')),
  v.check((date) => !isMilliseconds(date), coded('date_in_milliseconds')),
  v.check((date) => date < endOfDates || isMilliseconds(date), coded('date_out_of_range')),
);

const uses = v.pipe(
  v.number(coded('uses_form')),
  v.integer(coded('uses_form')),
  v.minValue(1, coded('uses_form')),
  v.maxValue(mostUses, coded('uses_form')),
);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCascade = ({ isCascading, levels }: Readonly<Record<string, unknown>>) =>
  isCascading === true && Array.isArray(levels) && levels.length > 0 && levels.every(isObject);
const filter = v.custom<DashboardFilter>(
  (value) => isObject(value) && isObject(value.jaql) !== isCascade(value),
  coded('filter_form'),
);
const ruleMember = v.custom<string | number>(
  (value) => typeof value === 'string' || typeof value === 'number',
  coded('rule_member_form'),
);

// An array is an object to valibot, and would pass for claims or grants that say nothing.
const record = v.custom<Readonly<Record<string, unknown>>>(isObject, coded('not_object'));

export const ruleSchema = v.object(
  {
    dataSourceTitle: name,
    table: name,
    column: name,
    datatype: v.exactOptional(
      v.picklist(['text', 'numeric', 'datetime'], coded('datatype_unknown')),
    ),
    members: v.exactOptional(v.nullable(v.array(ruleMember, coded('not_list')))),
    exclusionary: flag,
    allMembers: flag,
  },
  coded('not_object'),
) satisfies v.GenericSchema<unknown, AclRule>;

export const grantsSchema = v.object(
  {
    res: v.exactOptional(v.array(text, coded('not_list'))),
    flt: v.exactOptional(v.array(filter, coded('not_list'))),
    acl: v.exactOptional(v.array(v.pipe(record, ruleSchema), coded('not_list'))),
    prm: v.exactOptional(v.array(text, coded('not_list'))),
  },
  coded('not_object'),
);

export const claimsObject = v.object(
  {
    sub: shortText,
    exp: v.exactOptional(v.nullable(numericDate)),
    nbf: v.exactOptional(numericDate),
    iat: v.exactOptional(v.unknown()),
    iss: v.exactOptional(v.unknown()),
    jti: v.exactOptional(shortText),
    uses: v.exactOptional(uses),
    grants: v.exactOptional(v.pipe(record, grantsSchema)),
    lng: v.exactOptional(text),
    loc: v.exactOptional(text),
    thm: v.exactOptional(text),
    trc: v.exactOptional(v.array(text, coded('not_list'))),
  },
  coded('not_object'),
);

/** All claims. */
export const claimsSchema = v.pipe(record, claimsObject);
