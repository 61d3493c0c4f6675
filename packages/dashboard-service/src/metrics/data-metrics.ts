import { Counter, Histogram, type Registry } from 'prom-client';

/** Seconds. */
const queryBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Queries and exports in figures. Labels are titles of data sources in the content folder, file formats and codes of fixed
 * lists (I-6); the source of a query is known before it is counted.
 */
export class DataMetrics {
  readonly querySeconds: Histogram<'source' | 'outcome'>;
  readonly exports: Counter<'format'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.querySeconds = new Histogram({
      name: 'vitrine_query_seconds',
      help: 'Time of a query, from rights to rows, by data source.',
      labelNames: ['source', 'outcome'],
      buckets: queryBuckets,
      registers,
    });
    this.exports = new Counter({
      name: 'vitrine_exports_total',
      help: 'Files handed out, by format.',
      labelNames: ['format'],
      registers,
    });
  }
}
