import type {
  Dashboard,
  DataLine,
  MemberColors,
  Session,
  Theme,
  ViewFilter,
} from '@vitrine/charts';
import { isAbort, ViewerError } from '../viewer-error.ts';
import { type MembersAnswer, readMembers } from './read-members.ts';
import { readNdjson } from './read-ndjson.ts';
import { readProblem } from './read-problem.ts';

export interface ExchangeRequest {
  readonly webAccessToken: string;
  readonly timeZone?: string;
  readonly theme?: string;
  readonly language?: string;
}

export interface MembersRequest {
  readonly dim: string;
  readonly level?: string;
  readonly term?: string;
  /** The dashboard whose background filters apply. */
  readonly dashboard?: string;
  /** Filters that the members have to pass. */
  readonly filters?: readonly ViewFilter[];
  readonly count: number;
  readonly offset: number;
}

export const exportFormats = ['pdf', 'png', 'xlsx', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly widget?: string;
  readonly filters?: readonly ViewFilter[];
  /** The look on the screen: a theme's oid, the colours of members and the interface language. */
  readonly theme?: string;
  readonly colors?: MemberColors;
  readonly language?: string;
}

export interface ExportedFile {
  readonly name: string;
  readonly blob: Blob;
}

/** What the page around the viewer asks for in place of what the session began with; null takes it back. */
export interface Wishes {
  readonly theme?: string | null | undefined;
  readonly language?: string | null | undefined;
}

interface Keys {
  readonly webSessionToken: string;
  readonly initialiser: string;
}

/**
 * The only way to the service. It holds the two session keys in memory and sends them with each call; there are no
 * cookies and no storage. Each method throws `ViewerError` with the service's code, `network_down` where there was no
 * answer, or an `AbortError`.
 */
export class ApiClient {
  #keys: Keys | undefined;
  #wishes: Wishes = {};
  readonly #base: string;
  readonly #admits: (token: string) => boolean;

  /**
   * `base`: origin and path prefix of the service, default the page's own origin. `admits`: which tokens may be exchanged here;
   * others are `token_refused`. Default all.
   */
  constructor(base = '', admits: (token: string) => boolean = () => true) {
    this.#base = base;
    this.#admits = admits;
  }

  /** Opens a session. It counts as one (SES-1), so callers do it once for each page load. */
  async open(request: ExchangeRequest): Promise<void> {
    if (!this.#admits(request.webAccessToken)) {
      throw new ViewerError('token_refused', 'The token is not of the configuration of this page.');
    }
    const response = await this.#send('/api/v1/wat/sessionToken', { body: request, bare: true });
    const answer: unknown = await response.json();
    if (!isKeys(answer)) throw new ViewerError('server_error', 'The exchange gave no session.');
    this.#keys = { webSessionToken: answer.webSessionToken, initialiser: answer.initialiser };
    this.#wishes = {};
  }

  /** Theme, language and formats of this session from now on. Opens no session. */
  wish(wishes: Wishes): void {
    this.#wishes = { ...this.#wishes, ...wishes };
  }

  /** Ends the session without waiting, so that it works while the page is left. */
  close(): void {
    if (!this.#keys) return;
    const headers = this.#sessionHeaders();
    this.#keys = undefined;
    fetch(`${this.#base}/api/v1/wat/sessionToken`, {
      method: 'DELETE',
      headers,
      keepalive: true,
    }).catch(() => undefined);
  }

  async session(): Promise<Session> {
    return this.#json<Session>('/api/v1/session');
  }

  async dashboard(oid: string, signal: AbortSignal): Promise<Dashboard> {
    return this.#json<Dashboard>(`/api/v1/dashboards/${encodeURIComponent(oid)}`, { signal });
  }

  async theme(oid: string): Promise<Theme> {
    return this.#json<Theme>(`/api/v1/themes/${encodeURIComponent(oid)}`);
  }

  /** The rows of a dashboard's widgets, each as soon as it is ready. */
  async *data(
    oid: string,
    body: { readonly filters?: readonly ViewFilter[]; readonly widgets?: readonly string[] },
    signal: AbortSignal,
  ): AsyncGenerator<DataLine> {
    const path = `/api/v1/dashboards/${encodeURIComponent(oid)}/data`;
    const response = await this.#send(path, { body, signal });
    if (!response.body) return;
    try {
      for await (const line of readNdjson(response.body)) yield line as DataLine;
    } catch (cause) {
      if (isAbort(cause)) throw cause;
      throw new ViewerError('network_down', 'The stream of rows broke off.', { cause });
    }
  }

  async members(source: string, body: MembersRequest, signal: AbortSignal): Promise<MembersAnswer> {
    const path = `/api/datasources/${encodeURIComponent(source)}/members`;
    return readMembers(await this.#json<unknown>(path, { body, signal }));
  }

  async export(oid: string, body: ExportRequest): Promise<ExportedFile> {
    const path = `/api/v1/dashboards/${encodeURIComponent(oid)}/export`;
    const response = await this.#send(path, { body });
    const name = fileNameOf(response.headers.get('content-disposition'));
    return { name: name ?? `dashboard.${body.format}`, blob: await response.blob() };
  }

  async #json<T>(path: string, options: SendOptions = {}): Promise<T> {
    const response = await this.#send(path, options);
    return (await response.json()) as T;
  }

  async #send(path: string, { body, signal, bare }: SendOptions): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(this.#base + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(bare ? {} : this.#sessionHeaders()),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
    } catch (cause) {
      if (isAbort(cause)) throw cause;
      throw new ViewerError('network_down', 'The service did not answer.', { cause });
    }
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  #sessionHeaders(): Record<string, string> {
    if (!this.#keys) throw new ViewerError('session_ended', 'There is no session.');
    const { theme, language } = this.#wishes;
    return {
      Authorization: this.#keys.webSessionToken,
      Initialiser: this.#keys.initialiser,
      ...(theme === undefined ? {} : { 'Embed-Theme': theme ?? 'none' }),
      ...(language === undefined ? {} : { 'Embed-Language': language ?? 'none' }),
    };
  }
}

interface SendOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly bare?: boolean;
}

function isKeys(value: unknown): value is Keys {
  return (
    typeof value === 'object' &&
    value !== null &&
    'webSessionToken' in value &&
    typeof value.webSessionToken === 'string' &&
    'initialiser' in value &&
    typeof value.initialiser === 'string'
  );
}

/** The name in a `Content-Disposition` header, RFC 6266 §4.3, without any folder in it. */
export function fileNameOf(header: string | null): string | undefined {
  const extended = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(header ?? '')?.[1];
  const plain = /filename\s*=\s*"?([^";]+)"?/i.exec(header ?? '')?.[1];
  let name = plain;
  try {
    if (extended) name = decodeURIComponent(extended.trim());
  } catch {
    // A broken escape: the plain name will do.
  }
  return name?.replace(/^.*[\\/]/, '').trim() || undefined;
}
