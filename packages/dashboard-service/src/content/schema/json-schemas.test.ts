import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../../test/verifies.ts';
import { contentKinds, jsonSchemas } from './json-schemas.ts';

describe('jsonSchemas', () => {
  it.each(contentKinds)(verifies('VIEW-6', 'publishes what the code checks: %s'), async (kind) => {
    const published = await readFile(
      new URL(`../../../schemas/${kind}.json`, import.meta.url),
      'utf8',
    );
    expect(JSON.parse(published)).toEqual(jsonSchemas()[kind]);
  });

  it('allows no unknown keys', () => {
    expect(jsonSchemas().dashboards).toMatchObject({ type: 'object', additionalProperties: false });
  });
});
