/** Random lives of one host connection against a model of what it may hold. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { nonce, pair, viewerOrigin } from '../test/connected-pair.ts';
import type { HostChannel } from './index.ts';

interface Model {
  state: 'waiting' | 'welcomed' | 'open' | 'failed' | 'destroyed';
  welcomes: number;
}

interface Real extends ReturnType<typeof pair> {
  readonly life: AbortController;
  readonly ports: MessagePort[];
  readonly channels: HostChannel[];
  readonly outcomes: string[];
}

/** What must be true whatever happened. */
async function check(model: Model, real: Real): Promise<void> {
  await tick();
  const over = model.state === 'failed' || model.state === 'destroyed';
  expect(real.hostWindow.listeners.size).toBe(over ? 0 : 1);
  expect(real.hostWindow.timers.size).toBe(over || model.state === 'open' ? 0 : 1);
  expect(real.ports).toHaveLength(model.welcomes);
  expect(real.channels.filter(({ isClosed }) => !isClosed)).toHaveLength(
    model.state === 'open' ? 1 : 0,
  );
}

/** A message over a port needs a turn of the event loop, and the promise behind it a few microtasks. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 2));

const hello = {
  origin: viewerOrigin,
  data: { vitrine: 'hello', nonce },
};

class Hello implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  toString = () => 'hello';
  async run(model: Model, real: Real): Promise<void> {
    real.hostWindow.dispatch({ ...hello, source: real.frame as never });
    if (model.state === 'waiting' || model.state === 'welcomed' || model.state === 'open') {
      model.state = 'welcomed';
      model.welcomes++;
    }
    await check(model, real);
  }
}

class ForgedHello implements fc.AsyncCommand<Model, Real> {
  readonly origin: string;
  constructor(origin: string) {
    this.origin = origin;
  }
  check = () => true;
  toString = () => `hello from ${this.origin}`;
  async run(model: Model, real: Real): Promise<void> {
    real.hostWindow.dispatch({ ...hello, origin: this.origin, source: real.frame as never });
    await check(model, real);
  }
}

/** `ready` on the newest port, or on one that a newer port took over from. */
class Ready implements fc.AsyncCommand<Model, Real> {
  readonly isOld: boolean;
  constructor(isOld: boolean) {
    this.isOld = isOld;
  }
  check = () => true;
  toString = () => (this.isOld ? 'ready on an old port' : 'ready');
  async run(model: Model, real: Real): Promise<void> {
    real.ports.at(this.isOld ? -2 : -1)?.postMessage({ type: 'ready' });
    if (!this.isOld && model.state === 'welcomed') model.state = 'open';
    await check(model, real);
  }
}

class Timeout implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  toString = () => 'timeout';
  async run(model: Model, real: Real): Promise<void> {
    real.hostWindow.runTimers();
    if (model.state === 'waiting' || model.state === 'welcomed') model.state = 'failed';
    await check(model, real);
  }
}

class Destroy implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  toString = () => 'destroy';
  async run(model: Model, real: Real): Promise<void> {
    real.life.abort();
    if (model.state !== 'failed') model.state = 'destroyed';
    await check(model, real);
  }
}

describe('a host connection', () => {
  it(
    verifies('G-3', 'holds at most one open channel, and nothing after its end, in any life'),
    async () => {
      const commands = fc.commands(
        [
          fc.constant(new Hello()),
          fc.constantFrom('https://evil.example', 'null', '').map((o) => new ForgedHello(o)),
          fc.boolean().map((isOld) => new Ready(isOld)),
          fc.constant(new Timeout()),
          fc.constant(new Destroy()),
        ],
        { maxCommands: 20 },
      );
      await fc.assert(
        fc.asyncProperty(commands, async (sequence) => {
          const both = pair();
          const real: Real = {
            ...both,
            life: new AbortController(),
            ports: [],
            channels: [],
            outcomes: [],
          };
          const follow = (attempt: Promise<HostChannel>) =>
            attempt.then(
              (channel) => real.channels.push(channel),
              ({ code }: { code: string }) => real.outcomes.push(code),
            );
          both.frameWindow.addEventListener('message', ({ ports }) => real.ports.push(...ports));
          const push = both.attempts.push.bind(both.attempts);
          both.attempts.push = (...attempts) => {
            for (const attempt of attempts) void follow(attempt);
            return push(...attempts);
          };
          void follow(both.startHost({ signal: real.life.signal }));
          await fc.asyncModelRun(
            () => ({ model: { state: 'waiting', welcomes: 0 } as Model, real }),
            sequence,
          );
          real.life.abort();
          for (const port of real.ports) port.close();
          await tick();
          expect(real.hostWindow.listeners.size + real.hostWindow.timers.size).toBe(0);
        }),
        { numRuns: 150, seed: 20260 },
      );
    },
  );
});
