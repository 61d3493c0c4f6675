import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { type ProblemCode, type ProblemKind, problemKinds } from '../problem/problem-kinds.ts';
import type { Operation } from './operation.ts';

interface OpenApiOptions {
  readonly title: string;
  readonly version: string;
  readonly operations: readonly Operation[];
  /** Each path that starts with a key is described a second time, with the value in its place. */
  readonly aliases: Readonly<Record<string, string>>;
}

type Json = { readonly [name: string]: unknown };

const problemType = 'application/problem+json';

const securityOf = {
  anybody: [],
  session: [{ session: [], initialiser: [] }],
  admin: [{ admin: [] }],
} as const;

const problemsOf: Readonly<Record<Operation['access'], readonly ProblemCode[]>> = {
  anybody: [],
  session: [
    ...(['wat_is_not_a_bearer_token', 'session_unknown', 'session_ended'] as const),
    ...(['session_expired', 'origin_refused', 'subject_unknown', 'store_unavailable'] as const),
  ],
  admin: ['admin_required', 'cross_site_refused'],
};
const problemsOfBody: readonly ProblemCode[] = [
  ...(['body_invalid', 'body_too_large', 'media_type_unsupported', 'request_invalid'] as const),
];

/** The OpenAPI 3.1 description of operations. Bodies and queries come from the schemas that check them. */
export function buildOpenApi({ title, version, operations, aliases }: OpenApiOptions): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const add = (path: string, { method }: Operation, described: Json) => {
    paths[path] = { ...paths[path], [method]: described };
  };
  for (const operation of operations) {
    add(operation.path, operation, describe(operation));
    for (const [prefix, alias] of Object.entries(aliases)) {
      if (!operation.path.startsWith(`${prefix}/`)) continue;
      add(operation.path.replace(prefix, alias), operation, {
        ...describe(operation),
        operationId: `${operation.id}Alias`,
        description: `The same as ${operation.path}.`,
      });
    }
  }
  return {
    openapi: '3.1.0',
    info: { title, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        session: apiKey('Authorization', '`webSessionToken` of the exchange, without "Bearer".'),
        initialiser: apiKey('Initialiser', '`initialiser` of the exchange.'),
        admin: { type: 'http', scheme: 'bearer', description: 'The admin token.' },
      },
    },
  };
}

function describe(operation: Operation): Json {
  const { id, tag, summary, access, body } = operation;
  const parameters = [...pathParameters(operation.path), ...queryParameters(operation.query)];
  return {
    operationId: id,
    tags: [tag],
    summary,
    security: securityOf[access],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(body) } },
      },
    }),
    responses: { ...answerOf(operation), ...refusalsOf(operation) },
  };
}

function answerOf({ answer }: Operation): Json {
  const { status, description, type, schema } = answer;
  const content = type && { [type]: schema ? { schema: schemaOf(schema) } : {} };
  return { [status]: { description, ...(content && { content }) } };
}

function refusalsOf({ access, body, query, problems = [] }: Operation): Json {
  const codes = new Set<ProblemCode>([
    ...problems,
    ...problemsOf[access],
    ...(query ? (['parameter_invalid'] as const) : []),
    ...(body ? problemsOfBody : []),
    'server_error',
  ]);
  const byStatus = Object.groupBy(codes, (code) => problemKinds[code].status);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, of = []]) => [status, refusalOf(of)]),
  );
}

function refusalOf(codes: readonly ProblemCode[]): Json {
  const kinds: readonly ProblemKind[] = codes.map((code) => problemKinds[code]);
  const mayWait = codes.includes('rate_limited') || kinds.some((kind) => kind.retryAfterSeconds);
  const header = { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } };
  return {
    description: codes.map((code) => `\`${code}\`: ${problemKinds[code].title}.`).join(' '),
    ...(mayWait && { headers: { 'Retry-After': header } }),
    content: {
      [problemType]: {
        schema: {
          $ref: '#/components/schemas/Problem',
          properties: { code: { enum: codes.toSorted() } },
        },
      },
    },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(schema: v.GenericSchema | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema);
  return Object.entries(properties).map(([name, property]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema: property },
  }));
}

/** Checks that JSON Schema cannot say are left to the service. */
function schemaOf(schema: v.GenericSchema): JsonSchema {
  const { $schema: _dialect, ...described } = toJsonSchema(schema, {
    ...{ target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' },
  });
  return described;
}

function apiKey(name: string, description: string): Json {
  return { type: 'apiKey', in: 'header', name, description };
}

const problemSchema = {
  description: 'Problem details (RFC 9457).',
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problemKinds).toSorted() },
    detail: { type: 'string' },
    findings: { type: 'array', items: { type: 'object' } },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: {
          pointer: { type: 'string' },
          message: { type: 'string' },
          hint: { type: 'string' },
        },
      },
    },
  },
};
