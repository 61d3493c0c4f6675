import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What became of a token that got as far as its key. */
export type DecryptionOutcome = 'remembered' | 'done' | 'failed' | 'limited';

/** What gauges read at the moment of a scrape. */
export interface MeasuredState {
  readonly decrypting: { readonly running: number; readonly waiting: number };
  readonly remembered: { readonly size: number; readonly calculatedSize: number };
  liveSessions(): Promise<number>;
}

/** Seconds. */
const exchangeBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/**
 * The token service in figures, for Prometheus. Labels are ids of configurations that opened a session or have a cap, and
 * codes of fixed lists; nothing that a stranger can choose becomes a label (I-6).
 */
export class ServiceMetrics {
  readonly registry: Registry;
  readonly #sessionsOpened: Counter<'kid'>;
  readonly #openedBy = new Map<string, Counter.Internal>();
  readonly #exchangesRefused: Counter<'code'>;
  readonly #refusedBy = new Map<string, Counter.Internal>();
  /** By how they ended. Labels are found once: to find one costs more than to count. */
  readonly exchangeSeconds: Readonly<Record<'opened' | 'refused', Histogram.Internal<'outcome'>>>;
  readonly decryptions: Readonly<Record<DecryptionOutcome, Counter.Internal>>;
  readonly capUsed: Gauge<'kid' | 'cap'>;

  constructor(registry: Registry = new Registry()) {
    this.registry = registry;
    const registers = [registry];
    this.#sessionsOpened = new Counter({
      name: 'vitrine_sessions_opened_total',
      help: 'Sessions opened, by configuration.',
      labelNames: ['kid'],
      registers,
    });
    this.#exchangesRefused = new Counter({
      name: 'vitrine_exchanges_refused_total',
      help: 'Exchanges that opened no session, by problem code.',
      labelNames: ['code'],
      registers,
    });
    const exchangeSeconds = new Histogram({
      name: 'vitrine_exchange_seconds',
      help: 'Time from the request of an exchange to its answer.',
      labelNames: ['outcome'],
      buckets: exchangeBuckets,
      registers,
    });
    this.exchangeSeconds = {
      opened: exchangeSeconds.labels('opened'),
      refused: exchangeSeconds.labels('refused'),
    };
    const decryptions = new Counter({
      name: 'vitrine_token_decryptions_total',
      help: 'Tokens by what their decryption came to; remembered ones cost none.',
      labelNames: ['outcome'],
      registers,
    });
    this.decryptions = {
      remembered: decryptions.labels('remembered'),
      done: decryptions.labels('done'),
      failed: decryptions.labels('failed'),
      limited: decryptions.labels('limited'),
    };
    this.capUsed = new Gauge({
      name: 'vitrine_cap_used_ratio',
      help: 'How much of a cap of a configuration is used, measured once a minute; 1 is full.',
      labelNames: ['kid', 'cap'],
      registers,
    });
  }

  /** Counts an exchange that opened no session. */
  countRefusal(code: string): void {
    count(code, this.#refusedBy, this.#exchangesRefused);
  }

  countOpened(kid: string): void {
    count(kid, this.#openedBy, this.#sessionsOpened);
  }

  /** Adds the gauges. Once, when what they read is built. */
  watch(state: MeasuredState): void {
    this.#gauge(
      'vitrine_decryptions_running',
      'Decryptions under way.',
      () => state.decrypting.running,
    );
    this.#gauge(
      'vitrine_decryptions_waiting',
      'Decryptions that wait.',
      () => state.decrypting.waiting,
    );
    this.#gauge(
      'vitrine_tokens_remembered',
      'Decrypted tokens in memory.',
      () => state.remembered.size,
    );
    this.#gauge(
      'vitrine_tokens_remembered_bytes',
      'Memory for decrypted tokens.',
      () => state.remembered.calculatedSize,
    );
    this.#gauge('vitrine_sessions_live', 'Sessions that live, of all processes.', () =>
      state.liveSessions(),
    );
  }

  #gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      ...{ name, help },
      registers: [this.registry],
      async collect() {
        // Figures that cannot be read must not take the others with them.
        this.set(await Promise.resolve(read()).catch(() => Number.NaN));
      },
    });
  }
}

function count(label: string, known: Map<string, Counter.Internal>, counter: Counter): void {
  const labelled = known.get(label) ?? counter.labels(label);
  known.set(label, labelled);
  labelled.inc();
}
