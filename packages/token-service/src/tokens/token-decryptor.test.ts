import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  directoryOf,
  newState,
  opened,
  type Started,
  startService,
  startTime,
} from '../test/start-service.ts';

const seconds = startTime / 1000;
const directory = directoryOf();
const limits = {
  failuresPerAddress: { burst: 5, perSecond: 0.5 },
  failuresPerConfiguration: { burst: 12, perSecond: 4 },
  decryptionsRunning: 2,
  decryptionsWaiting: 6,
};
const kept: { state: Awaited<ReturnType<typeof newState>>; service: Started }[] = [];
let service: Started;
let configuration: Created;

async function start(overrides: Parameters<typeof startService>[1] = {}): Promise<Started> {
  const state = await newState();
  const started = await startService(state.file, { directory, limits, ...overrides });
  kept.push({ state, service: started });
  return started;
}

beforeAll(async () => {
  service = await start();
  configuration = await service.create();
});
afterEach(() => {
  rsa.before = async () => {};
  service.time.now = startTime;
});
afterAll(async () => {
  for (const each of kept) {
    await each.service.stop();
    await each.state.remove();
  }
});

/** Every RSA operation of this process, counted, after `before`. */
const rsa = { count: 0, before: async () => {} };
const { decrypt } = crypto.subtle;
crypto.subtle.decrypt = async function counted(this: SubtleCrypto, algorithm, ...rest) {
  if (algorithm !== 'RSA-OAEP') return decrypt.call(this, algorithm, ...rest);
  rsa.count += 1;
  await rsa.before();
  return decrypt.call(this, algorithm, ...rest);
};

/** Counts the RSA operations from now on. */
function countRsa(): () => number {
  const start = rsa.count;
  return () => rsa.count - start;
}

const from = (address: string) => ({ 'X-Forwarded-For': address });

/** The token with another tag: it costs the RSA operation, then it is refused. */
function forged(token: string, nth = 0): string {
  const tag = `${'A'.repeat(20 - String(nth).length)}${nth}QA`;
  return `${token.slice(0, token.lastIndexOf('.'))}.${tag}`;
}

describe('a link opened by many', () => {
  it(verifies('I-1 SES-1', 'costs one decryption'), async () => {
    const token = await service.mint(configuration);
    const cost = countRsa();
    await opened(await service.exchange(token));
    await Promise.all(
      Array.from({ length: 20 }, async () => opened(await service.exchange(token))),
    );
    expect(cost()).toBe(1);
  });

  it(verifies('I-1', 'costs one decryption also where all come at once'), async () => {
    const token = await service.mint(configuration);
    const cost = countRsa();
    const answers = await Promise.all(Array.from({ length: 20 }, () => service.exchange(token)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(cost()).toBe(1);
  });

  it(verifies('I-1 TOK-6', 'is refused from its exp on, and before its nbf'), async () => {
    const token = await service.mint(configuration, { nbf: seconds, exp: seconds + 20 });
    await opened(await service.exchange(token));
    const cost = countRsa();
    service.time.now = startTime + 20_000;
    expect(await codeOf(await service.exchange(token))).toBe('token_expired');
    service.time.now = startTime - 1;
    expect(await codeOf(await service.exchange(token))).toBe('token_not_yet_valid');
    expect(cost()).toBe(0);
  });

  it(verifies('I-1 E-3', 'is refused once its configuration is disabled or deleted'), async () => {
    for (const [method, body] of [
      ['PATCH', { enabled: false }],
      ['DELETE', undefined],
    ] as const) {
      const mine = await service.create();
      const token = await service.mint(mine);
      await opened(await service.exchange(token));
      await service.admin(method, `/api/v1/wat/configurations/${mine.kid}`, body);
      expect(await codeOf(await service.exchange(token))).toBe('token_refused');
    }
  });

  it(verifies('I-1 CFG-4', 'follows the settings of its configuration'), async () => {
    const mine = await service.create();
    const token = await service.mint(mine, { exp: seconds + 120 });
    await opened(await service.exchange(token));
    const path = `/api/v1/wat/configurations/${mine.kid}`;
    await service.admin('PATCH', path, { maxTokenLifetimeSeconds: 60 });
    expect(await codeOf(await service.exchange(token))).toBe('token_refused');
  });

  it(verifies('I-1 E-9', 'is refused once its subject is gone'), async () => {
    const token = await service.mint(configuration, { sub: 'bob' });
    await opened(await service.exchange(token));
    directory.subjects.delete('bob');
    expect(await codeOf(await service.exchange(token))).toBe('subject_unknown');
    directory.subjects.add('bob');
  });

  it(
    verifies('I-1 A-8', 'does not lend its decryption to another tag or another kid'),
    async () => {
      const token = await service.mint(configuration);
      await opened(await service.exchange(token));
      expect(await codeOf(await service.exchange(forged(token)))).toBe('token_refused');
      const other = await service.create();
      const header = {
        typ: 'JWT',
        alg: 'RSA-OAEP-256',
        enc: 'A128GCM',
        zip: 'DEF',
        kid: other.kid,
      };
      const moved = Buffer.from(JSON.stringify(header)).toString('base64url');
      const borrowed = moved + token.slice(token.indexOf('.'));
      expect(await codeOf(await service.exchange(borrowed))).toBe('token_refused');
    },
  );
});

describe('forged tokens', () => {
  it(
    verifies('I-1', 'stop costing decryptions when their address has used its budget'),
    async () => {
      const mine = await start();
      const issuer = await mine.create();
      const token = await mine.mint(issuer);
      await opened(await mine.exchange(token, {}, from('198.51.100.1')));
      const cost = countRsa();
      const codes: unknown[] = [];
      for (let nth = 0; nth < 9; nth += 1) {
        codes.push(await codeOf(await mine.exchange(forged(token, nth), {}, from('198.51.100.1'))));
      }
      expect(codes.slice(0, 5)).toEqual(Array(5).fill('token_refused'));
      expect(codes.slice(5)).toEqual(Array(4).fill('rate_limited'));
      expect(cost()).toBe(5);

      const refused = await mine.exchange(await mine.mint(issuer), {}, from('198.51.100.1'));
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
      // A link that was opened before, and everybody elsewhere, are not touched.
      await opened(await mine.exchange(token, {}, from('198.51.100.1')));
      await opened(await mine.exchange(await mine.mint(issuer), {}, from('198.51.100.2')));
      mine.time.now += 2000;
      await opened(await mine.exchange(await mine.mint(issuer), {}, from('198.51.100.1')));
    },
  );

  it(verifies('I-1 E-7', 'from many addresses exhaust their configuration alone'), async () => {
    const mine = await start();
    const attacked = await mine.create();
    const unhurt = await mine.create();
    const token = await mine.mint(attacked);
    const cost = countRsa();
    let limited = 0;
    for (let nth = 0; nth < 20; nth += 1) {
      const answer = await mine.exchange(forged(token, nth), {}, from(`2001:db8:0:${nth}::1`));
      if (answer.status === 429) limited += 1;
    }
    expect([cost(), limited]).toEqual([12, 8]);
    await opened(await mine.exchange(await mine.mint(unhurt), {}, from('2001:db8:0:1::1')));
  });

  it(verifies('I-1', 'do not use up an address that opens good tokens'), async () => {
    const mine = await start();
    const issuer = await mine.create();
    for (let nth = 0; nth < 15; nth += 1) {
      const token = await mine.mint(issuer, { trc: [String(nth)] });
      await opened(await mine.exchange(token, {}, from('203.0.113.9')));
    }
  });

  it(verifies('I-1', 'cost no decryption where the kid is unknown'), async () => {
    const token = await service.mint({ ...configuration, kid: 'f'.repeat(24) });
    const cost = countRsa();
    expect(await codeOf(await service.exchange(token))).toBe('token_refused');
    expect(cost()).toBe(0);
  });
});

describe('more decryptions than can run', () => {
  it(verifies('I-1', 'wait, and beyond the queue are refused with Retry-After'), async () => {
    const mine = await start({
      limits: { ...limits, failuresPerAddress: { burst: 100, perSecond: 1 } },
    });
    const issuer = await mine.create();
    const tokens = await Promise.all(
      Array.from({ length: 30 }, (_, nth) => mine.mint(issuer, { trc: [String(nth)] })),
    );
    // Every decryption waits until all requests have come.
    const { promise: allCame, resolve: go } = Promise.withResolvers<void>();
    let [started, early] = [0, 0];
    rsa.before = async () => {
      started += 1;
      early = Math.max(early, started);
      await allCame;
      started -= 1;
    };
    let refused = 0;
    const answers = await Promise.all(
      tokens.map(async (token) => {
        const answer = await mine.exchange(token);
        if (answer.status === 503) refused += 1;
        if (refused === 22) go();
        return answer;
      }),
    );
    const overloaded = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(8);
    expect(overloaded).toHaveLength(22);
    expect(overloaded[0]?.headers.get('retry-after')).toBe('1');
    expect(await codeOf(overloaded[0] as Response)).toBe('overloaded');
    expect(early).toBe(2);
  });
});
