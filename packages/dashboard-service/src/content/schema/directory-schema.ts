import * as v from 'valibot';
import { datatype } from './jaql-item-schema.ts';
import { directoryId, label, language, oid, sourceTitle, timeZone } from './primitives.ts';

/** Same shape as a rule of the `acl` claim. */
const rule = v.strictObject({
  dataSourceTitle: sourceTitle,
  table: v.string(),
  column: v.string(),
  datatype: v.exactOptional(datatype),
  members: v.exactOptional(v.nullable(v.array(v.union([v.string(), v.number()])))),
  exclusionary: v.exactOptional(v.nullable(v.boolean())),
  allMembers: v.exactOptional(v.nullable(v.boolean())),
});

/** `users/*`: one user or a list of them a file. */
export const userSchema = v.strictObject({
  id: directoryId,
  name: label,
  email: v.exactOptional(v.pipe(v.string(), v.email(), v.maxLength(320))),
  groups: v.exactOptional(v.array(directoryId)),
  rules: v.exactOptional(v.array(rule)),
  parameters: v.exactOptional(
    v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
  ),
  language: v.exactOptional(language),
  locale: v.exactOptional(language),
  timeZone: v.exactOptional(timeZone),
  theme: v.exactOptional(oid),
});

/** `groups/*`: one group or a list of them a file. */
export const groupSchema = v.strictObject({
  id: directoryId,
  name: label,
  theme: v.exactOptional(oid),
  rules: v.exactOptional(v.array(rule)),
});

export type User = v.InferOutput<typeof userSchema>;
export type Group = v.InferOutput<typeof groupSchema>;
