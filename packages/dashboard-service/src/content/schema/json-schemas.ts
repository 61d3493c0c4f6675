import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { dashboardSchema } from './dashboard-schema.ts';
import { groupSchema, userSchema } from './directory-schema.ts';
import { jaqlSchema } from './jaql-item-schema.ts';
import { modelSchema } from './model-schema.ts';
import { settingsSchema } from './settings-schema.ts';
import { themeSchema } from './theme-schema.ts';

/** In the order in which later kinds refer to earlier ones. */
export const contentKinds = [
  'themes',
  'settings',
  'models',
  'groups',
  'users',
  'dashboards',
] as const;
export type ContentKind = (typeof contentKinds)[number];

/** The schema of one object of each kind; a file of users or groups may hold a list of them. */
export const objectSchemas = {
  settings: settingsSchema,
  themes: themeSchema,
  models: modelSchema,
  groups: groupSchema,
  users: userSchema,
  dashboards: dashboardSchema,
} as const;

const oneOrMany = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.union([schema, v.array(schema)]);

/** The schema of a whole file of each kind. */
const fileSchemas: Readonly<Record<ContentKind, v.GenericSchema>> = {
  settings: settingsSchema,
  themes: themeSchema,
  models: modelSchema,
  groups: oneOrMany(groupSchema),
  users: oneOrMany(userSchema),
  dashboards: dashboardSchema,
};

/** The published JSON Schema (2020-12) of each kind of content file. */
export function jsonSchemas(): Readonly<Record<ContentKind, JsonSchema>> {
  const entries = contentKinds.map((kind) => [
    kind,
    {
      title: `Vitrine content: ${kind}`,
      // Checks without a counterpart in JSON Schema (time zones) are left to the service.
      ...toJsonSchema(fileSchemas[kind], {
        target: 'draft-2020-12',
        errorMode: 'ignore',
        definitions: { jaql: jaqlSchema },
      }),
    },
  ]);
  return Object.fromEntries(entries) as Record<ContentKind, JsonSchema>;
}
