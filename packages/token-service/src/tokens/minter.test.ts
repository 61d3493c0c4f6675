import {
  generateKeyPair,
  importPublicKey,
  publicKeyThumbprint,
  tokenSuites,
} from '@vitrine/tokens';
import { afterEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { Minter } from './minter.ts';

const kid = '6102ad6c86792300351fd952';
const [suite] = tokenSuites;
const minter = new Minter();
afterEach(() => minter.close());

async function newOrder() {
  const key = await importPublicKey((await generateKeyPair()).publicKey);
  return { kid, suite, secret: { key, thumbprint: await publicKeyThumbprint(key) } } as const;
}

describe('Minter', () => {
  it(verifies('VAL-3', 'mints many at once with several keys, each token its own'), async () => {
    const orders = [await newOrder(), await newOrder()] as const;
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, nth) =>
        minter.mint('{"sub":"ada"}', orders[nth % 2 === 0 ? 0 : 1]),
      ),
    );
    const tokens = new Set(all.map((one) => ('token' in one ? one.token : '')));
    expect(tokens.size).toBe(40);
    for (const token of tokens) expect(token.split('.')).toHaveLength(5);
  });

  it('says what is wrong with claims that are too long', async () => {
    const json = JSON.stringify({ sub: 'x'.repeat(1_100_000) });
    expect(await minter.mint(json, await newOrder())).toMatchObject({
      findings: [{ code: 'json_too_large' }],
    });
  });

  it('fails what was asked for when the thread ends, and starts another for the next', async () => {
    const order = await newOrder();
    await minter.mint('{}', order);
    const lost = expect(minter.mint('{}', order)).rejects.toThrow(/ended/);
    await new Promise(setImmediate);
    await minter.close();
    await lost;
    expect(await minter.mint('{}', order)).toHaveProperty('token');
  });
});
