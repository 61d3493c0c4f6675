import { type FSWatcher, watch } from 'node:fs';
import type { Logger } from 'pino';
import type { Content } from './content.ts';
import { ContentLoader, type ContentLoaderOptions } from './load-content.ts';

export interface ContentStoreOptions extends ContentLoaderOptions {
  readonly log: Logger;
  /** Called with each new snapshot, the first included. */
  readonly onChange?: (content: Content) => void;
  /** Quiet time after a change before the folder is read, milliseconds. Default 100. */
  readonly debounceMs?: number;
  /** The folder is compared with the snapshot this often even without a sign of change, milliseconds. Default 3,000. */
  readonly rescanIntervalMs?: number;
}

/**
 * Holds the content in service. The folder is watched, and compared at an interval as well: file events get
 * lost on network mounts and when a folder is replaced as a whole.
 */
export class ContentStore {
  readonly #loader: ContentLoader;
  readonly #options: ContentStoreOptions;
  readonly #rescan: NodeJS.Timeout;
  #watcher: FSWatcher | undefined;
  #debounce: NodeJS.Timeout | undefined;
  #loading: Promise<Content>;
  #content: Content;
  #isClosed = false;

  /** Reads the folder and begins to watch it. */
  static async open(options: ContentStoreOptions): Promise<ContentStore> {
    const loader = new ContentLoader(options);
    const store = new ContentStore(loader, await loader.load(), options);
    store.#announce();
    return store;
  }

  /** Resolves when each source of the first content has been tried, and those that failed are among the problems. */
  async firstTried(): Promise<void> {
    await this.#loader.firstTried();
    await this.refresh();
  }

  private constructor(loader: ContentLoader, content: Content, options: ContentStoreOptions) {
    this.#loader = loader;
    this.#options = options;
    this.#content = content;
    this.#loading = Promise.resolve(content);
    this.#rescan = setInterval(() => this.#reload(), options.rescanIntervalMs ?? 3000);
    this.#rescan.unref();
    this.#watch();
  }

  /** The snapshot in service. A request takes it once. */
  get current(): Content {
    return this.#content;
  }

  /** Compares the folder with the snapshot now; resolves with what is in service afterwards. */
  refresh(): Promise<Content> {
    this.#loading = this.#loading.then(async (before) => {
      const content = await this.#loader.load();
      if (content === before || this.#isClosed) return before;
      this.#content = content;
      this.#announce();
      return content;
    });
    return this.#loading;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#rescan);
    clearTimeout(this.#debounce);
    this.#watcher?.close();
  }

  #watch(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    try {
      this.#watcher = watch(this.#options.folder, { recursive: true }, () => this.#soon());
      this.#watcher.unref();
      this.#watcher.on('error', () => {
        this.#watcher?.close();
        this.#watcher = undefined;
      });
    } catch {
      // The interval finds the changes.
    }
  }

  #soon(): void {
    clearTimeout(this.#debounce);
    this.#debounce = setTimeout(() => this.#reload(), this.#options.debounceMs ?? 100);
    this.#debounce.unref();
  }

  #reload(): void {
    if (!this.#watcher) this.#watch();
    this.refresh().catch((error: unknown) => {
      this.#loading = Promise.resolve(this.#content);
      this.#options.log.error({ err: error, event: 'content.reload_failed' }, 'content not read');
    });
  }

  #announce(): void {
    const { log, onChange } = this.#options;
    const { generation, dashboards, models, users, problems } = this.#content;
    for (const problem of problems)
      log.warn({ event: 'content.error', ...problem }, 'content error');
    log.info(
      {
        event: 'content.loaded',
        generation,
        dashboards: dashboards.size,
        models: models.size,
        users: users.size,
        problems: problems.length,
      },
      'content loaded',
    );
    onChange?.(this.#content);
  }
}
