import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { isEmbeddingOrigin } from './is-embedding-origin.ts';

describe('isEmbeddingOrigin', () => {
  it.each([
    'https://app.example.com',
    'https://app.example.com:8443',
    'http://localhost:4701',
    'http://127.0.0.1:4701',
    'https://xn--mnchen-3ya.example',
    'https://*.example.com',
    'https://*.example.com:8443',
    'https://*.a.example.com',
  ])(verifies('CFG-4', 'takes %s'), (origin) => {
    expect(isEmbeddingOrigin(origin)).toBe(true);
  });

  it.each([
    '*',
    'null',
    '',
    'https://*',
    'https://*.com',
    'http://*.example.com',
    'https://*.*.example.com',
    'https://a*.example.com',
    'https://a.*.example.com',
    'https://*.10.0.0.1',
    'https://example.com/',
    'https://example.com/path',
    'https://example.com?x',
    'https://example.com#x',
    'https://user@example.com',
    'https://Example.com',
    'https://example.com.',
    'https://example.com:443',
    'https://münchen.example',
    'https://example.com https://evil.example',
    'https://example.com;script-src *',
    "https://example.com' 'unsafe-inline'",
    'https://example.com\n',
    ' https://example.com',
    'file:///etc/passwd',
    'file://',
    'data:text/html,x',
    'javascript:alert(1)',
    'blob:https://example.com',
    'wss://example.com',
    'example.com',
    '//example.com',
    'https://',
    'https://*.',
    'https://*..example.com',
    'https:example.com',
  ])(verifies('CFG-4 E-2 F-9', 'refuses %j'), (origin) => {
    expect(isEmbeddingOrigin(origin)).toBe(false);
  });
});
