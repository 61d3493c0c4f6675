import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Started, startOnNewState } from '../test/start-service.ts';
import { tokenOperations } from './token-operations.ts';

let service: Started;
beforeAll(async () => {
  service = await startOnNewState();
});
afterAll(() => service.stop());

/** The answer of an operation, held against its description. */
async function described(id: string, response: Promise<Response>): Promise<unknown> {
  const operation = tokenOperations.find((each) => each.id === id);
  const { status, type, schema } = operation?.answer ?? {};
  const answer = await response;
  expect([id, answer.status]).toEqual([id, status]);
  if (type === undefined) return undefined;
  expect(answer.headers.get('content-type')).toContain(type);
  if (schema === undefined) return answer.text();
  const body = await answer.json();
  // Every member that is answered is described.
  expect(v.parse(schema, body)).toEqual(body);
  return body;
}

describe('the description of the token routes', () => {
  it(verifies('OPS-3', 'describes what the routes answer'), async () => {
    const { admin, exchange } = service;
    const path = '/api/v1/wat/configurations';
    const settings = { name: 'Described', profile: 'compatible', origins: ['https://a.example'] };
    const created = await described('createConfiguration', admin('POST', path, settings));
    const { kid, secret } = created as { kid: string; secret: string };
    const payload = { sub: 'ada' };
    const body = { header: { kid }, payload, secret };
    await described('listConfigurations', admin('GET', path));
    await described('readConfiguration', admin('GET', `${path}/${kid}`));
    await described('changeConfiguration', admin('PATCH', `${path}/${kid}`, { name: 'B' }));
    await described('readUsage', admin('GET', `${path}/${kid}/usage`));
    const token = await described('generateToken', admin('POST', '/api/v1/wat/generate', body));
    await described('testToken', admin('POST', '/api/v1/wat/test', { token }));
    await described('testToken', admin('POST', '/api/v1/wat/test', { token: 'none' }));
    await described('openSession', exchange(token));
    await described('readUsage', admin('GET', `${path}/${kid}/usage`));
    const listed = await described('listSessions', admin('GET', '/api/v1/sessions'));
    const [session] = (listed as { sessions: { id: string }[] }).sessions;
    await described('endSession', admin('DELETE', `/api/v1/sessions/${session?.id}`));
    await described('rotateKey', admin('POST', `${path}/${kid}/rotate`));
    await described('retireKey', admin('POST', `${path}/${kid}/retire`));
    const revocations = '/api/v1/wat/revocations';
    const revoked = await described('createRevocation', admin('POST', revocations, { sub: 'ada' }));
    await described('listRevocations', admin('GET', revocations));
    const { id } = revoked as { id: string };
    await described('deleteRevocation', admin('DELETE', `${revocations}/${id}`));
    await described('deleteConfiguration', admin('DELETE', `${path}/${kid}`));
  });

  it(
    verifies('B-7', 'take no text that a database could not keep, and never fail by one'),
    async () => {
      const { admin, exchange } = service;
      const { kid, secret } = await service.create();
      const token = await service.mint({ kid, secret });
      const wat = '/api/v1/wat';
      for (const bad of ['\0', 'a\0b', '\ud800', 'a\udc00']) {
        const inAddress = encodeURIComponent(bad.isWellFormed() ? bad : '\0');
        const payload = {
          sub: bad,
          jti: bad,
          iss: bad,
          thm: bad,
          trc: [bad],
          grants: { res: [bad] },
        };
        const refused = [
          admin('GET', `/api/v1/sessions?sub=${inAddress}`),
          admin('GET', `/api/v1/sessions?kid=${inAddress}`),
          admin('DELETE', `/api/v1/sessions/${inAddress}`),
          admin('GET', `${wat}/configurations/${inAddress}`),
          admin('GET', `${wat}/configurations/${kid}/usage?timeZone=${inAddress}`),
          admin('DELETE', `${wat}/revocations/${inAddress}`),
          admin('POST', `${wat}/revocations`, { sub: bad }),
          admin('POST', `${wat}/revocations`, { jti: bad, kid }),
          admin('POST', `${wat}/configurations`, { name: bad, profile: 'strict' }),
          admin('PATCH', `${wat}/configurations/${kid}`, { name: bad }),
          admin('POST', `${wat}/generate`, { header: { kid }, payload, secret }),
          exchange(bad),
        ];
        const statuses = (await Promise.all(refused)).map(({ status }) => status);
        expect(statuses.filter((status) => ![400, 404, 422].includes(status))).toEqual([]);
        expect((await exchange(token, { theme: bad, timeZone: bad, language: bad })).status).toBe(
          200,
        );
      }
    },
  );
});
