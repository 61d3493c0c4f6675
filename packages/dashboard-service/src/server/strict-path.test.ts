import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { isStrictPath } from './strict-path.ts';

describe('isStrictPath', () => {
  it(verifies('F-6', 'lets plain paths through'), () => {
    for (const path of [
      '/',
      '/embed.js',
      '/wat/a.b.c.d.e/app/main/dashboards/0123',
      '/api/datasources/Sample%20ECommerce/jaql',
      '/api/datasources/Verk%C3%A4ufe/jaql?x=//..',
      '/api/v1/themes/a..b',
    ]) {
      expect(isStrictPath(path), path).toBe(true);
    }
  });

  it(verifies('F-6', 'refuses every path that two parsers could read in two ways'), () => {
    for (const path of [
      '',
      'wat/x',
      '//',
      '//evil.example',
      '/wat//x',
      '/wat/x/',
      '/wat/x/../admin',
      '/wat/x/./y',
      '/wat/x/%2e%2e/admin',
      '/wat/x/.%2E/admin',
      '/wat/x/%2e',
      '/wat/x%2fy',
      '/wat/x%2Fy',
      '/wat/x%5cy',
      '/wat/x\\y',
      '/wat/x%00',
      '/wat/x%0d%0aX: y',
      '/wat/x%7f',
      '/wat/x%',
      '/wat/x%4',
      '/wat/x%zz',
      '/wat/x%ff',
      '/wat/x%c0%ae',
      '/wat/x y',
      '/wat/ü',
      '/wat/x#y',
      'http://other.example/wat/x',
    ]) {
      expect(isStrictPath(path), path).toBe(false);
    }
  });
});
