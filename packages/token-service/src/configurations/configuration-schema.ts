import { signatureAlgorithms } from '@vitrine/tokens';
import * as v from 'valibot';
import { objectMessage } from '../http/read-input.ts';
import { isEmbeddingOrigin } from '../origins/is-embedding-origin.ts';

const day = 86_400;
const maxKeyCharacters = 16_384;
const flag = v.boolean('must be true or false');

const seconds = (min: number, max: number) => count(min, max, 'a whole number of seconds');
const sessions = (max: number) => count(1, max, 'a number of sessions');

function count(min: number, max: number, what: string) {
  const message = `must be null or ${what} from ${min} to ${max}`;
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

const signature = v.strictObject(
  {
    algorithm: v.picklist(signatureAlgorithms, `must be one of ${signatureAlgorithms.join(', ')}`),
    publicKey: v.union(
      [v.pipe(v.string(), v.maxLength(maxKeyCharacters)), v.record(v.string(), v.unknown())],
      'must be a public key, as PEM text or JWK',
    ),
  },
  objectMessage,
);

const settings = {
  origins: v.exactOptional(origins),
  linksAllowed: v.exactOptional(flag),
  maxTokenLifetimeSeconds: v.exactOptional(seconds(1, 3650 * day)),
  allowErasedAcl: v.exactOptional(flag),
  idleTimeoutSeconds: v.exactOptional(seconds(60, day)),
  endSessionsAtExp: v.exactOptional(flag),
  maxSessions: v.exactOptional(sessions(100_000)),
  maxSessionsPerSubject: v.exactOptional(sessions(10_000)),
  maxSessionsPerToken: v.exactOptional(sessions(1_000_000)),
  maxOpensPerMinute: v.exactOptional(count(1, 10_000, 'a number of opens')),
  signature: v.exactOptional(v.nullable(signature)),
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
