import { Validator } from '@seriousme/openapi-schema-validator';
import { problemKinds } from '@vitrine/token-service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { startService, type TestService } from '../../test/start-service.ts';

interface Described {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema?: object }>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

let service: TestService;
let description: Document;
beforeAll(async () => {
  service = await startService();
  description = (await (await service.call('/api/v1/openapi.json')).json()) as Document;
});
afterAll(() => service.stop());

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

/** A path of the description as the routers have it: those of the token service without their prefix. */
const routeOf = (method: string, path: string) =>
  `${method} ${path
    .replace(/^\/api\/v1\/wat(?=\/)/, '')
    .replace(/^\/api\/v1\/sessions\/?/, '/')
    .replaceAll(/\{(\w+)\}/g, ':$1')}`;

describe('the OpenAPI description', () => {
  it(verifies('OPS-3', 'is valid OpenAPI 3.1'), async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(JSON.stringify(description)));
    expect(result).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it(verifies('OPS-3', 'describes every route there is, and no other'), () => {
    const described = operationsOf(description)
      .filter(({ path }) => !path.startsWith('/api/v1/web-access-tokens/'))
      .map(({ method, path }) => routeOf(method, path));
    const routes = service.routes.filter((route) => route !== 'static');
    expect(described.toSorted()).toEqual(routes.toSorted());
  });

  it(verifies('OPS-3', 'describes the second prefix of the token routes too'), () => {
    const below = (prefix: string) =>
      operationsOf(description)
        .filter(({ path }) => path.startsWith(prefix))
        .map(({ method, path }) => `${method} ${path.slice(prefix.length)}`);
    expect(below('/api/v1/web-access-tokens/')).toEqual(below('/api/v1/wat/'));
    expect(below('/api/v1/wat/').length).toBeGreaterThan(9);
  });

  it('names each operation once, and each parameter of its path', () => {
    const operations = operationsOf(description);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  it(verifies('OPS-3 OPS-4', 'takes bodies and codes from what the service checks by'), () => {
    const exchange = description.paths['/api/v1/wat/sessionToken']?.post;
    expect(exchange?.requestBody?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      required: ['webAccessToken'],
      additionalProperties: false,
    });
    expect(codesOf(exchange?.responses['429'])).toEqual(['rate_limited', 'too_many_sessions']);
    expect(codesOf(exchange?.responses['503'])).toEqual(['overloaded', 'store_unavailable']);
    const creation = description.paths['/api/v1/wat/configurations']?.post;
    expect(creation?.requestBody?.content['application/json']?.schema).toMatchObject({
      required: ['name', 'profile'],
      properties: { profile: { enum: ['compatible', 'strict'] } },
    });
    for (const { operation } of operationsOf(description)) {
      for (const [status, refusal] of Object.entries(operation.responses)) {
        for (const code of codesOf(refusal)) {
          expect(problemKinds[code as keyof typeof problemKinds].status).toBe(Number(status));
        }
      }
    }
  });

  it('asks for what the gates ask for', async () => {
    for (const { method, path, operation } of operationsOf(description)) {
      if (operation.security.length === 0) continue;
      const url = service.url + path.replaceAll(/\{\w+\}/g, 'a'.repeat(24));
      const { status } = await fetch(url, { method: method.toUpperCase() });
      expect([path, status]).toEqual([path, 401]);
    }
  });
});

function codesOf(refusal: Described['responses'][string] | undefined): string[] {
  const schema = refusal?.content?.['application/problem+json']?.schema;
  return (
    (schema as { properties: { code: { enum: string[] } } } | undefined)?.properties.code.enum ?? []
  );
}
