import type * as v from 'valibot';
import type { ProblemCode } from '../problem/problem-kinds.ts';

/** What one route takes and answers: the data that the OpenAPI description is made of. */
export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly id: string;
  readonly tag:
    | 'session'
    | 'pages'
    | 'data'
    | 'configurations'
    | 'revocations'
    | 'tokens'
    | 'sessions'
    | 'content'
    | 'operations';
  readonly summary: string;
  /** Who may call it. */
  readonly access: 'anybody' | 'session' | 'admin';
  /** The schema that checks the query. */
  readonly query?: v.GenericSchema;
  /** The schema that checks the body. */
  readonly body?: v.GenericSchema;
  readonly answer: Answer;
  /** Beside those that come with `access`, `query` and `body`. */
  readonly problems?: readonly ProblemCode[];
}

/** The answer where nothing is refused. */
export interface Answer {
  readonly status: 200 | 201 | 204;
  readonly description: string;
  /** Media type of the body. None for 204. */
  readonly type?: string;
  /** Of a JSON body. */
  readonly schema?: v.GenericSchema;
}

/** A JSON answer. */
export function json(description: string, schema?: v.GenericSchema): Answer {
  return { status: 200, description, type: 'application/json', ...(schema && { schema }) };
}
