import type { Store } from '@vitrine/token-service';
import type { ContentStore } from '../content/content-store.ts';
import type { DataSources } from '../data/data-sources.ts';

export interface ReadinessOptions {
  readonly store: Pick<Store, 'findConfiguration'>;
  readonly content: Pick<ContentStore, 'current'>;
  readonly sources: Pick<DataSources, 'serves'>;
  /** Milliseconds, never backwards. Default the monotonic clock. */
  readonly now?: () => number;
}

/** Anybody may ask: the state is asked at most once in this time, milliseconds. */
const freshMs = 1000;
/** A state that takes longer serves nobody, milliseconds. */
const patienceMs = 2000;
const nobody = '0'.repeat(24);

/** Whether the service can serve: its state answers, and of its data sources, where it has any, one at least has been read. */
export class Readiness {
  readonly #options: ReadinessOptions;
  readonly #now: () => number;
  #state: { readonly askedAt: number; readonly answers: Promise<boolean> } | undefined;

  constructor(options: ReadinessOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  async isReady(): Promise<boolean> {
    const { models, problems } = this.#options.content.current;
    const hasData = [...models.values()].some((model) => this.#options.sources.serves(model));
    const needsData = models.size > 0 || problems.some(({ file }) => file.startsWith('models/'));
    if (needsData && !hasData) return false;
    return this.#stateAnswers();
  }

  #stateAnswers(): Promise<boolean> {
    const now = this.#now();
    if (this.#state === undefined || now - this.#state.askedAt >= freshMs) {
      this.#state = { askedAt: now, answers: answers(this.#options.store) };
    }
    return this.#state.answers;
  }
}

function answers(store: ReadinessOptions['store']): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patienceMs);
  store.findConfiguration(nobody).then(
    () => resolve(true),
    () => resolve(false),
  );
  return promise.finally(() => clearTimeout(timer));
}
