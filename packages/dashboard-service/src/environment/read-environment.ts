import { EnvironmentError } from './environment-error.ts';
import { type LimitSettings, readLimits } from './read-limits.ts';
import { readServing, type ServingSettings } from './read-serving.ts';
import { readSourceUrls } from './source-variables.ts';

/** The settings of the process, checked. Secrets that are not given are undefined here. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly stateDir: string;
  readonly contentDir: string;
  /** Of PostgreSQL, with its password; undefined: state in SQLite. */
  readonly databaseUrl: string | undefined;
  readonly masterKey: Uint8Array | undefined;
  /** The master key until now, to seal everything anew with `masterKey`. */
  readonly previousMasterKey: Uint8Array | undefined;
  readonly adminToken: string | undefined;
  readonly adminPort: number | undefined;
  readonly trustProxy: boolean | number | string;
  readonly logLevel: string;
  readonly serving: ServingSettings;
  readonly limits: LimitSettings;
  /** Addresses of databases that models name, by variable. */
  readonly sourceUrls: Variables;
}

type Variables = Readonly<Record<string, string | undefined>>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
export const minAdminTokenCharacters = 24;

/**
 * Reads the environment; an empty variable counts as not given.
 *
 * @throws EnvironmentError for the first variable that is missing or wrong
 */
export function readEnvironment(variables: Variables): Environment {
  const port = readPort(variables, 'PORT') ?? 4700;
  const adminPort = readPort(variables, 'ADMIN_PORT');
  if (adminPort !== undefined && adminPort !== 0 && adminPort === port) {
    throw new EnvironmentError('ADMIN_PORT', 'must differ from PORT.');
  }
  return {
    port,
    adminPort,
    host: given(variables, 'HOST') ?? '127.0.0.1',
    publicUrl: readPublicUrl(variables),
    stateDir: required(variables, 'STATE_DIR', 'the folder that holds the state of the service'),
    contentDir: required(variables, 'CONTENT_DIR', 'the folder with dashboards and models'),
    databaseUrl: readDatabaseUrl(variables),
    ...readMasterKeys(variables),
    adminToken: readAdminToken(variables),
    trustProxy: readTrustProxy(variables),
    logLevel: readLogLevel(variables),
    serving: readServing(variables),
    limits: readLimits(variables),
    sourceUrls: readSourceUrls(variables),
  };
}

/** A master key of 32 bytes in base64; undefined where the text is not one, or is no secret. */
export function decodeMasterKey(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return undefined;
  const key = new Uint8Array(Buffer.from(text, 'base64'));
  return key.length === 32 && new Set(key).size > 8 ? key : undefined;
}

function given(variables: Variables, name: string): string | undefined {
  return variables[name]?.trim() || undefined;
}

function required(variables: Variables, name: string, meaning: string): string {
  const value = given(variables, name);
  if (value === undefined) throw new EnvironmentError(name, `is missing: it names ${meaning}.`);
  return value;
}

function readPort(variables: Variables, name: string): number | undefined {
  const text = given(variables, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new EnvironmentError(name, 'must be a port number, 0 to 65535.');
  }
  return Number(text);
}

function readPublicUrl(variables: Variables): string | undefined {
  const text = given(variables, 'PUBLIC_URL');
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (
    !url ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.search ||
    url.hash ||
    url.username
  ) {
    throw new EnvironmentError(
      'PUBLIC_URL',
      'must be an http or https address without query, such as https://bi.example.com.',
    );
  }
  return url.href.replace(/\/$/, '');
}

/** The host may be missing: it can stand in the query, as the folder of a socket. */
function readDatabaseUrl(variables: Variables): string | undefined {
  const text = given(variables, 'DATABASE_URL');
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol) || url.pathname.length < 2) {
    throw new EnvironmentError(
      'DATABASE_URL',
      'must be an address such as postgres://user:password@host:5432/database.',
    );
  }
  return text;
}

function readMasterKeys(
  variables: Variables,
): Pick<Environment, 'masterKey' | 'previousMasterKey'> {
  const masterKey = readMasterKey(variables, 'MASTER_KEY');
  const previousMasterKey = readMasterKey(variables, 'MASTER_KEY_PREVIOUS');
  if (previousMasterKey && !masterKey) {
    throw new EnvironmentError(
      'MASTER_KEY_PREVIOUS',
      'is set, and MASTER_KEY, the new key, is not.',
    );
  }
  return { masterKey, previousMasterKey };
}

function readMasterKey(variables: Variables, name: string): Uint8Array | undefined {
  const text = given(variables, name);
  if (text === undefined) return undefined;
  const key = decodeMasterKey(text);
  if (!key) throw new EnvironmentError(name, 'must be 32 random bytes in base64.');
  return key;
}

/** What people write where a secret is asked for. */
const commonWords =
  /change.?me|default|passwor[dt]|secret|admin|token|example|super|vitrine|qwerty/gi;

function readAdminToken(variables: Variables): string | undefined {
  const text = given(variables, 'ADMIN_TOKEN');
  const isGuessable =
    text !== undefined &&
    (new Set(text).size < 8 || new Set(text.replaceAll(commonWords, '')).size < 7);
  if (text !== undefined && (text.length < minAdminTokenCharacters || isGuessable)) {
    throw new EnvironmentError(
      'ADMIN_TOKEN',
      `must have at least ${minAdminTokenCharacters} characters and not be guessable.`,
    );
  }
  if (text !== undefined && !/^[\x21-\x7e]+$/.test(text)) {
    throw new EnvironmentError('ADMIN_TOKEN', 'must be printable ASCII without blanks.');
  }
  return text;
}

/** `true` is refused: it would believe any client's own X-Forwarded-For. */
function readTrustProxy(variables: Variables): boolean | number | string {
  const text = given(variables, 'TRUST_PROXY');
  if (text === undefined || text === 'false') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const names = ['loopback', 'linklocal', 'uniquelocal'];
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => names.includes(part) || /^[0-9A-Fa-f.:]+(?:\/\d{1,3})?$/.test(part))) {
    return parts.join(', ');
  }
  throw new EnvironmentError(
    'TRUST_PROXY',
    'must be a number of proxies or a list of their addresses.',
  );
}

function readLogLevel(variables: Variables): string {
  const level = given(variables, 'LOG_LEVEL') ?? 'info';
  if (!logLevels.includes(level)) {
    throw new EnvironmentError('LOG_LEVEL', `must be one of ${logLevels.join(', ')}.`);
  }
  return level;
}
