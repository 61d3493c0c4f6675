import { describe, expect, it, vi } from 'vitest';
import { GroupCommit } from './group-commit.ts';

function gatedCommit() {
  const batches: string[][] = [];
  const gates: { resolve: (outcomes: string[]) => void; reject: (error: Error) => void }[] = [];
  const group = new GroupCommit<string, string>((items) => {
    batches.push([...items]);
    return new Promise((resolve, reject) => gates.push({ resolve, reject }));
  });
  return { batches, gates, group };
}

const turn = () => new Promise(setImmediate);

describe('GroupCommit', () => {
  it('gathers for a moment while writes come together, and not for a lone one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const sizes: number[] = [];
    const group = new GroupCommit<number, void>(async (items) => {
      sizes.push(items.length);
      return items.map(() => undefined);
    });
    await Promise.all([group.add(1), group.add(2)]);
    const third = group.add(3);
    await turn();
    const fourth = group.add(4);
    await turn();
    expect(sizes).toEqual([2]);
    await vi.advanceTimersByTimeAsync(3);
    await Promise.all([third, fourth]);
    await vi.advanceTimersByTimeAsync(3);
    const lone = group.add(5);
    await turn();
    await vi.advanceTimersByTimeAsync(3);
    await lone;
    await group.add(6);
    expect(sizes).toEqual([2, 2, 1, 1]);
    vi.useRealTimers();
  });

  it('commits together what arrived while a commit was under way, in order', async () => {
    const { batches, gates, group } = gatedCommit();
    const first = group.add('a');
    await turn();
    const second = group.add('b');
    const third = group.add('c');
    await turn();
    expect(batches).toEqual([['a']]);
    gates[0]!.resolve(['A']);
    expect(await first).toBe('A');
    await turn();
    expect(batches).toEqual([['a'], ['b', 'c']]);
    gates[1]!.resolve(['B', 'C']);
    expect(await Promise.all([second, third])).toEqual(['B', 'C']);
  });

  it('fails every write of a failed batch, and none of the next', async () => {
    const { gates, group } = gatedCommit();
    const first = Promise.allSettled([group.add('a'), group.add('b')]);
    await turn();
    const next = group.add('c');
    gates[0]!.reject(new Error('disk full'));
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await vi.waitUntil(() => gates.length === 2);
    gates[1]!.resolve(['C']);
    expect(await next).toBe('C');
  });

  it('splits what is too much for one batch', async () => {
    const sizes: number[] = [];
    const group = new GroupCommit<number, number>(
      async (items) => {
        sizes.push(items.length);
        return items;
      },
      { maxBatch: 4 },
    );
    const all = await Promise.all(Array.from({ length: 10 }, (_, item) => group.add(item)));
    expect(all).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(sizes).toEqual([4, 4, 2]);
  });

  it('drains what waits', async () => {
    const done: number[] = [];
    const group = new GroupCommit<number, void>(async (items) => {
      done.push(...items);
      return items.map(() => undefined);
    });
    void group.add(1);
    void group.add(2);
    await group.drain();
    expect(done).toEqual([1, 2]);
  });
});
