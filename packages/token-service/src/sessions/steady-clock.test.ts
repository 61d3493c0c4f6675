import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { steadyClock } from './steady-clock.ts';

function clocks() {
  const state = { wall: 1_000_000, elapsed: 5 };
  const now = steadyClock(
    () => state.wall,
    () => state.elapsed,
  );
  return { state, now };
}

describe('steadyClock', () => {
  it(verifies('C-3', 'counts on while the wall clock is set back an hour'), () => {
    const { state, now } = clocks();
    expect(now()).toBe(1_000_000);
    state.wall -= 3_600_000;
    expect(now()).toBe(1_000_000);
    state.elapsed += 60_000;
    state.wall += 60_000;
    expect(now()).toBe(1_060_000);
  });

  it(verifies('C-3', 'follows the wall clock forwards'), () => {
    const { state, now } = clocks();
    state.wall += 86_400_000;
    state.elapsed += 10;
    expect(now()).toBe(87_400_000);
  });

  it('loses no fraction of a millisecond, however often it is read', () => {
    const { state, now } = clocks();
    state.wall = 0;
    for (let call = 0; call < 1000; call += 1) {
      state.elapsed += 0.25;
      now();
    }
    expect(now()).toBe(1_000_250);
  });
});
