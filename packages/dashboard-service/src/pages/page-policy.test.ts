import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { pagePolicy } from './page-policy.ts';

describe('pagePolicy', () => {
  it(verifies('G-1', 'lets nobody frame a page without origins'), () => {
    expect(pagePolicy([])).toMatch(/frame-ancestors 'none'$/);
  });

  it(verifies('G-1', 'names the origins and nothing that could end the directive'), () => {
    expect(
      pagePolicy([
        'https://app.example.com',
        'https://*.example.org:8443',
        'http://[::1]:3000',
        '*',
        "https://a.example; script-src 'unsafe-inline'",
        'data:',
        'https://x.example/path',
      ]),
    ).toMatch(
      /frame-ancestors https:\/\/app\.example\.com https:\/\/\*\.example\.org:8443 http:\/\/\[::1\]:3000$/,
    );
  });

  it(verifies('G-7', 'has no unsafe source and wants trusted types'), () => {
    const policy = pagePolicy([]);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types lit-html;");
  });
});
