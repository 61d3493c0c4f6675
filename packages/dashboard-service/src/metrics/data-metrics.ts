import type { QueryRunner } from '@vitrine/engines';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Seconds. */
const queryBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Queries and exports in figures. Labels are titles of data sources in the content folder, file formats and codes of fixed
 * lists (I-6); the source of a query is known before it is counted.
 */
export class DataMetrics {
  readonly querySeconds: Histogram<'source' | 'outcome'>;
  /** `from`: a kept result (`cache`), a run that others waited for already (`joined`), the `engine`. */
  readonly queryAnswers: Counter<'source' | 'from'>;
  readonly exports: Counter<'format'>;
  readonly #registers: Registry[];

  constructor(registry: Registry) {
    const registers = [registry];
    this.#registers = registers;
    this.querySeconds = new Histogram({
      name: 'vitrine_query_seconds',
      help: 'Time of a query, from rights to rows, by data source.',
      labelNames: ['source', 'outcome'],
      buckets: queryBuckets,
      registers,
    });
    this.queryAnswers = new Counter({
      name: 'vitrine_query_answers_total',
      help: 'Answers by where their rows came from, by data source.',
      labelNames: ['source', 'from'],
      registers,
    });
    this.exports = new Counter({
      name: 'vitrine_exports_total',
      help: 'Files handed out, by format.',
      labelNames: ['format'],
      registers,
    });
  }

  /** Shows the figures of a runner from now on. */
  watch(runner: QueryRunner): void {
    const registers = this.#registers;
    const gauge = (name: string, help: string, figure: keyof QueryRunner['stats']) =>
      new Gauge({
        ...{ name, help, registers },
        collect() {
          this.set(runner.stats[figure]);
        },
      });
    gauge('vitrine_queries_running', 'Queries under way.', 'running');
    gauge('vitrine_queries_waiting', 'Queries that wait for their turn.', 'waiting');
    gauge('vitrine_result_cache_bytes', 'Memory of kept results, estimated.', 'bytes');
    new Counter({
      name: 'vitrine_result_cache_evictions_total',
      help: 'Kept results that had to leave for others.',
      registers,
      collect() {
        this.reset();
        this.inc(runner.stats.evictions);
      },
    });
  }
}
