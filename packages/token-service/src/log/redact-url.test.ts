import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { redactUrl } from './redact-url.ts';

const kid = '5f0c1e2d3a4b5c6d7e8f9a0b';
const header = Buffer.from(JSON.stringify({ alg: 'RSA-OAEP-256', kid })).toString('base64url');
const token = `${header}.${'A'.repeat(342)}.abcdefghijklmnop.${'b'.repeat(200)}.cdefghijklmnopqrstuvwx`;

describe('redactUrl', () => {
  it(verifies('LNK-4 F-1', 'replaces the token in a link by its kid and a short hash'), () => {
    expect(redactUrl(`/wat/${token}/app/main/dashboards/${kid}?embed=true`)).toMatch(
      new RegExp(`^/wat/${kid}~[0-9a-f]{8}/app/main/dashboards/${kid}\\?embed=true$`),
    );
  });

  it.each([
    `/wat/${token}`,
    `/wat/${token.replaceAll('.', '%2e')}/app/main`,
    `//wat/${token}/app`,
    `/x/../wat/${token}/app`,
    `/WAT/${token}/app`,
    `/api/v1/wat/${token}`,
    `/embed/${kid}?wat=${token}`,
    `/?a=1;b=${token}`,
    `http://host/wat/${token}/app`,
  ])(verifies('LNK-4 F-1', 'leaves no slice of a token in %#'), (url) => {
    const redacted = redactUrl(url);
    for (let at = 0; at + 32 <= token.length; at += 1) {
      expect(redacted).not.toContain(token.slice(at, at + 32));
    }
  });

  it(verifies('LNK-4', 'replaces whatever stands where the token belongs, however short'), () => {
    expect(redactUrl('/wat/short/app/main')).toMatch(/^\/wat\/~[0-9a-f]{8}\/app\/main$/);
  });

  it('tells two tokens apart and one token from itself not', () => {
    expect(redactUrl(`/wat/${token}`)).toBe(redactUrl(`/wat/${token}`));
    expect(redactUrl(`/wat/${token}`)).not.toBe(redactUrl(`/wat/${token}x`));
  });

  it.each([
    '/',
    '',
    '/api/v1/wat/configurations/5f0c1e2d3a4b5c6d7e8f9a0b/usage?timeZone=Asia/Kathmandu',
  ])('leaves %j as it is', (url) => {
    expect(redactUrl(url)).toBe(url);
  });

  it.each(['/wat/.', '/wat/%', `/wat/${'.'.repeat(1_000_000)}`, `/wat/${'{'.repeat(900)}.x`])(
    'does not throw at hostile text %#',
    (url) => {
      expect(redactUrl(url).length).toBeLessThan(100);
    },
  );
});
