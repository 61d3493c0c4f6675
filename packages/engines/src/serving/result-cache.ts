import { LRUCache } from 'lru-cache';
import type { EngineRows } from '../engine.ts';
import { sizeOfRows, sizeOfText } from './size-of-rows.ts';

/** Rows for any number of readers; they are shared, and never changed. */
export interface Answer extends EngineRows {
  /** The text that `write` makes of the rows, kept with them under the name of the view. */
  written(view: string, write: () => string): string;
}

export interface ResultCacheOptions {
  /** Of rows and texts together, estimated; 0 keeps nothing. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Milliseconds, never backwards. Default the monotonic clock. */
  readonly now?: () => number;
}

/** Where a result comes from, and how long it may be kept. */
export interface Origin {
  /** Name and version of the data source. */
  readonly source: string;
  /** Milliseconds; `Infinity`: while there is room, 0: not at all. */
  readonly keepMs: number;
}

/** The cache weighs a value once: an answer that has grown is put in anew. */
interface Kept {
  readonly answer: KeptAnswer;
}

/** One result may take this part of the cache. */
const largestShare = 1 / 4;
/** What an answer takes besides rows and texts: key, place in the cache, maps. */
const answerBytes = 608;

/** Results by key, the least used ones leave first. */
export class ResultCache {
  readonly #kept: LRUCache<string, Kept> | undefined;
  readonly #maxEntryBytes: number;
  #evictions = 0;

  constructor({ maxBytes = 64 * 1024 ** 2, now }: ResultCacheOptions = {}) {
    this.#maxEntryBytes = maxBytes * largestShare;
    if (maxBytes === 0) return;
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      ttlResolution: 0,
      ...(now && { perf: { now } }),
      dispose: (_answer, _key, reason) => {
        if (reason === 'evict') this.#evictions += 1;
      },
    });
  }

  /** Estimated bytes in use. */
  get bytes(): number {
    return this.#kept?.calculatedSize ?? 0;
  }

  /** Results that had to leave for others since the start. */
  get evictions(): number {
    return this.#evictions;
  }

  get(key: string): Answer | undefined {
    return this.#kept?.get(key)?.answer;
  }

  /** Keeps rows where that is allowed and there is room; the answer serves in any case. */
  keep(key: string, rows: EngineRows, { source, keepMs }: Origin): Answer {
    const answer = new KeptAnswer(rows, source, (grown) => this.#resize(key, grown));
    if (keepMs > 0 && answer.bytes <= this.#maxEntryBytes) {
      const ttl = keepMs === Number.POSITIVE_INFINITY ? 0 : keepMs;
      this.#kept?.set(key, { answer }, { size: answer.bytes, ttl });
    }
    return answer;
  }

  /** Forgets the results of all other data sources, and of other versions of these. */
  dropAllBut(sources: ReadonlySet<string>): void {
    for (const [key, { answer }] of [...(this.#kept?.entries() ?? [])]) {
      if (!sources.has(answer.source)) this.#kept?.delete(key);
    }
  }

  /** True where the grown answer is still kept. */
  #resize(key: string, answer: KeptAnswer): boolean {
    if (this.#kept?.peek(key)?.answer !== answer || answer.bytes > this.#maxEntryBytes)
      return false;
    const left = this.#kept.getRemainingTTL(key);
    this.#kept.set(key, { answer }, { size: answer.bytes, ttl: Number.isFinite(left) ? left : 0 });
    return true;
  }
}

class KeptAnswer implements Answer {
  readonly rows: EngineRows['rows'];
  readonly truncated: boolean;
  readonly source: string;
  readonly #texts = new Map<string, string>();
  readonly #hasRoom: (grown: KeptAnswer) => boolean;
  #bytes: number;

  constructor(
    { rows, truncated }: EngineRows,
    source: string,
    hasRoom: (grown: KeptAnswer) => boolean,
  ) {
    this.rows = rows;
    this.truncated = truncated;
    this.source = source;
    this.#hasRoom = hasRoom;
    this.#bytes = sizeOfRows(rows) + answerBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  written(view: string, write: () => string): string {
    const known = this.#texts.get(view);
    if (known !== undefined) return known;
    const text = write();
    const more = sizeOfText(view) + sizeOfText(text);
    this.#bytes += more;
    if (this.#hasRoom(this)) this.#texts.set(view, text);
    else this.#bytes -= more;
    return text;
  }
}
