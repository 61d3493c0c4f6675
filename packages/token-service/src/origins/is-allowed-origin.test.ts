import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { isAllowedOrigin } from './is-allowed-origin.ts';

const allowed = ['https://app.example.com', 'http://localhost:4710', 'https://*.shop.example'];

describe('isAllowedOrigin', () => {
  it.each([
    ...['https://app.example.com', 'http://localhost:4710'],
    ...['https://a.shop.example', 'https://a.b.shop.example', 'https://xn--bcher-kva.shop.example'],
  ])(verifies('CFG-4', 'allows %s'), (origin) => {
    expect(isAllowedOrigin(origin, allowed)).toBe(true);
  });

  it.each([
    ...['null', '', '*', 'https://*.shop.example', 'https://shop.example', 'https://shop.example.'],
    ...['http://a.shop.example', 'https://a.shop.example:444', 'https://ashop.example'],
    ...['https://a.shop.example.evil.example', 'https://evil.example/.shop.example'],
    ...['https://evil.example?.shop.example', 'https://evil.example#.shop.example'],
    ...['https://a.shop.example/', 'https://A.shop.example', 'https://user@a.shop.example'],
    ...['https://.shop.example', 'wss://a.shop.example', 'https://app.example.com:443'],
    ...['https://app.example.com.', 'HTTPS://app.example.com', 'http://localhost', 'https://[::1]'],
  ])(verifies('CFG-4 F-9', 'does not allow "%s"'), (origin) => {
    expect(isAllowedOrigin(origin, allowed)).toBe(false);
  });

  it(verifies('F-9', 'allows none where none is named'), () => {
    expect(isAllowedOrigin('https://app.example.com', [])).toBe(false);
  });
});
