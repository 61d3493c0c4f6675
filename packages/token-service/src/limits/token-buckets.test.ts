import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { TokenBuckets } from './token-buckets.ts';

function bucketsOf(rate: { burst: number; perSecond: number; maxKeys?: number }) {
  const time = { now: 0 };
  return { time, buckets: new TokenBuckets({ ...rate, elapsed: () => time.now }) };
}

describe('TokenBuckets', () => {
  it('lets a burst through, then the rate, and says how long to wait', () => {
    const { time, buckets } = bucketsOf({ burst: 3, perSecond: 0.5 });
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 2]);
    time.now = 1900;
    expect(buckets.take('a')).toBe(1);
    time.now = 2000;
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 2]);
    expect(buckets.take('b')).toBe(0);
  });

  it('puts back what was taken for nothing, never more than the burst', () => {
    const { buckets } = bucketsOf({ burst: 1, perSecond: 1 });
    buckets.take('a');
    buckets.giveBack('a');
    buckets.giveBack('a');
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 1]);
  });

  it(verifies('I-1', 'keeps a bounded number of keys, and none that is full'), () => {
    const { buckets } = bucketsOf({ burst: 2, perSecond: 1, maxKeys: 100 });
    for (let nth = 0; nth < 10_000; nth += 1) buckets.take(String(nth));
    expect(buckets.size).toBe(100);
    for (let nth = 9900; nth < 10_000; nth += 1) buckets.giveBack(String(nth));
    expect(buckets.size).toBe(0);
  });

  it('is not built for a rate that lets nothing through', () => {
    expect(() => bucketsOf({ burst: 0, perSecond: 1 })).toThrow(TypeError);
    expect(() => bucketsOf({ burst: 1, perSecond: 0 })).toThrow(TypeError);
  });
});
