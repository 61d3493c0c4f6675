import * as v from 'valibot';
import { language, oid, timeZone } from './primitives.ts';

/** `settings.yaml`: what holds where neither the token nor the user says otherwise. */
export const settingsSchema = v.strictObject({
  theme: v.exactOptional(oid),
  language: v.exactOptional(language),
  locale: v.exactOptional(language),
  timeZone: v.exactOptional(timeZone),
});

export type Settings = v.InferOutput<typeof settingsSchema>;
