import * as v from 'valibot';
import { objectMessage } from '../http/read-input.ts';
import { isEmbeddingOrigin } from './origin.ts';

const day = 86_400;
const flag = v.boolean('must be true or false');

function seconds(min: number, max: number) {
  const message = `must be null or a whole number of seconds from ${min} to ${max}`;
  return v.nullable(
    v.pipe(
      v.number(message),
      v.integer(message),
      v.minValue(min, message),
      v.maxValue(max, message),
    ),
  );
}

const nameMessage = 'must be a text of 1 to 100 characters, without control characters';
const name = v.pipe(
  v.string(nameMessage),
  v.trim(),
  v.regex(/^[^\p{Cc}\p{Cs}]{1,100}$/u, nameMessage),
);

const origins = v.pipe(
  v.array(
    v.pipe(
      v.string('must be an origin'),
      v.maxLength(255, 'must have at most 255 characters'),
      v.check(
        isEmbeddingOrigin,
        'must be an exact origin such as https://app.example.com, or https://*.example.com',
      ),
    ),
    'must be a list of origins',
  ),
  v.maxLength(100, 'must have at most 100 origins'),
);

const settings = {
  origins: v.exactOptional(origins),
  linksAllowed: v.exactOptional(flag),
  maxTokenLifetimeSeconds: v.exactOptional(seconds(1, 3650 * day)),
  allowErasedAcl: v.exactOptional(flag),
  idleTimeoutSeconds: v.exactOptional(seconds(60, day)),
};

/** The body that creates a configuration. The profile has no default. */
export const newConfigurationSchema = v.strictObject(
  {
    name,
    profile: v.picklist(['compatible', 'strict'], 'must be "compatible" or "strict"'),
    ...settings,
  },
  objectMessage,
);

/** The body that changes a configuration: any of its settings, but never profile or kid. */
export const configurationChangeSchema = v.strictObject(
  { name: v.exactOptional(name), enabled: v.exactOptional(flag), ...settings },
  objectMessage,
);
