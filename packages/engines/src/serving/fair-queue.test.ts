import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { FairQueue, Ticket } from './fair-queue.ts';

/** Work that writes its name down when it begins, and ends when it is told to. */
function workshop() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ticket = (name: string) =>
    new Ticket(() => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await Promise.resolve().then(() => undefined);
  };
  return { begun, ticket, end };
}

const limits = { running: 2, runningPerOwner: 1, waiting: 4, waitingPerOwner: 3 };

describe('FairQueue', () => {
  it(verifies('DATA-4', 'serves owners in turn, however much one of them asks for'), async () => {
    const { begun, ticket, end } = workshop();
    const queue = new FairQueue({ running: 1, runningPerOwner: 1, waiting: 9, waitingPerOwner: 9 });
    for (const name of ['a1', 'a2', 'a3', 'a4']) queue.add(ticket(name), 'a');
    for (const name of ['b1', 'b2']) queue.add(ticket(name), 'b');
    queue.add(ticket('c1'), 'c');
    for (let index = 0; index < 7; index += 1) await end(begun[index] ?? '');
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
    expect(queue).toMatchObject({ running: 0, waiting: 0 });
  });

  it(verifies('DATA-4', 'runs no more than it may, of one owner and in all'), async () => {
    const { begun, ticket, end } = workshop();
    const queue = new FairQueue(limits);
    expect(queue.add(ticket('a1'), 'a')).toBe(true);
    expect(queue.add(ticket('a2'), 'a')).toBe(true);
    expect(queue).toMatchObject({ running: 1, waiting: 1 });
    queue.add(ticket('b1'), 'b');
    queue.add(ticket('c1'), 'c');
    expect(begun).toEqual(['a1', 'b1']);
    await end('b1');
    expect(begun).toEqual(['a1', 'b1', 'c1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2']);
  });

  it(verifies('DATA-4 E-7', 'takes no more in than may wait'), () => {
    const { ticket } = workshop();
    const queue = new FairQueue(limits);
    const taken = (owner: string, count: number) =>
      Array.from({ length: count }, (_, nth) => queue.add(ticket(`${owner}${nth}`), owner));
    expect(taken('a', 5)).toEqual([true, true, true, true, false]);
    expect(taken('b', 3)).toEqual([true, true, false]);
    expect(queue).toMatchObject({ running: 2, waiting: 4 });
  });

  it('begins work that stands in several lines once, in whichever comes first', async () => {
    const { begun, ticket, end } = workshop();
    const queue = new FairQueue({ ...limits, running: 1, waiting: 9 });
    queue.add(ticket('a1'), 'a');
    queue.add(ticket('a2'), 'a');
    const shared = ticket('shared');
    queue.add(shared, 'a');
    queue.add(shared, 'b');
    queue.add(shared, 'b');
    expect(queue.waiting).toBe(3);
    for (const name of ['a1', 'shared', 'a2']) await end(name);
    expect(begun).toEqual(['a1', 'shared', 'a2']);
    expect(queue).toMatchObject({ running: 0, waiting: 0 });
  });

  it('lets waiting work leave every line', async () => {
    const { begun, ticket, end } = workshop();
    const queue = new FairQueue({ ...limits, running: 1 });
    queue.add(ticket('a1'), 'a');
    const shared = ticket('shared');
    queue.add(shared, 'a');
    queue.add(shared, 'b');
    queue.leave(shared);
    expect(queue.waiting).toBe(0);
    await end('a1');
    expect(begun).toEqual(['a1']);
    expect(queue.add(ticket('b1'), 'b')).toBe(true);
    expect(begun).toEqual(['a1', 'b1']);
  });
});
