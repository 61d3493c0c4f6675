import type { Finding } from '@vitrine/claims';
import { type ProblemCode, type ProblemKind, problemKinds } from './problem-kinds.ts';
import { StacklessError } from './stackless-error.ts';

/** One place in a body or query that is not as documented. */
export interface InputError {
  /** RFC 6901 */
  readonly pointer: string;
  readonly message: string;
  /** What to write instead, or where to look it up. */
  readonly hint?: string;
}

/** What a throw site may add to the kind's own words. */
export interface ProblemOptions {
  /** A fixed sentence; never a value from the request. Default: the kind's. */
  readonly detail?: string;
  /** Goes to the log, never to the client. */
  readonly cause?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Admin routes only. */
  readonly findings?: readonly Finding[];
  /** Where in the input the error is; on admin routes and for queries. */
  readonly errors?: readonly InputError[];
}

/** The body of a refusal (RFC 9457 §3.1). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly findings?: readonly Finding[];
  readonly errors?: readonly InputError[];
}

/** Bodies of refusals in their kind's own words, as JSON: floods of forged tokens get these (I-1). */
const ownWords = new Map<ProblemCode, string>();

/** A refusal with a stable code; `problemHandler` writes it as problem details. */
export class Problem extends StacklessError {
  readonly code: ProblemCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly #options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const kind: ProblemKind = problemKinds[code];
    super(kind.title, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = kind.status;
    this.headers = {
      ...(kind.challenge === undefined ? {} : { 'WWW-Authenticate': kind.challenge }),
      ...(kind.retryAfterSeconds === undefined
        ? {}
        : { 'Retry-After': String(kind.retryAfterSeconds) }),
      ...options.headers,
    };
    this.#options = options;
  }

  /** The body as JSON. */
  toText(): string {
    const { detail, findings, errors } = this.#options;
    if (detail !== undefined || findings !== undefined || errors !== undefined)
      return JSON.stringify(this);
    const text = ownWords.get(this.code) ?? JSON.stringify(this);
    ownWords.set(this.code, text);
    return text;
  }

  toJSON(): ProblemBody {
    const { detail, findings, errors } = this.#options;
    const kind: ProblemKind = problemKinds[this.code];
    return {
      type: `urn:vitrine:problem:${this.code}`,
      title: kind.title,
      status: kind.status,
      code: this.code,
      detail: detail ?? kind.detail,
      ...(findings === undefined ? {} : { findings }),
      ...(errors === undefined ? {} : { errors }),
    };
  }
}
