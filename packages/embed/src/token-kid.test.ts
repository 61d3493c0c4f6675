import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { kidOf } from './token-kid.ts';

const kid = '65f0a1b2c3d4e5f6a7b8c9d0';
const segment = (header: unknown) => Buffer.from(JSON.stringify(header)).toString('base64url');

describe('kidOf', () => {
  it('reads the configuration out of the header alone', () => {
    expect(kidOf(`${segment({ alg: 'RSA-OAEP-256', kid })}.b.c.d.e`)).toBe(kid);
    expect(kidOf(`${segment({ kid, note: 'ÿþ?>ü' })}.b`)).toBe(kid);
  });

  it.each([
    '',
    '.',
    'abc',
    '....',
    '!!!.b.c.d.e',
    `${segment(null)}.b`,
    `${segment([kid])}.b`,
    `${segment({})}.b`,
    `${segment({ kid: 7 })}.b`,
    `${segment({ kid: '' })}.b`,
    `${segment({ kid: '../admin' })}.b`,
    `${segment({ kid: 'a?host=x' })}.b`,
    `${segment({ kid: 'a'.repeat(65) })}.b`,
    `${segment({ kid })}.${'a'.repeat(655_360)}`,
  ])(verifies('G-3', 'finds none in broken text, without throwing: %#'), (text) => {
    expect(kidOf(text)).toBeUndefined();
  });
});
