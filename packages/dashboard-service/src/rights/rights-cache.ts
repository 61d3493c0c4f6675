import { type LiveSession, memoryOf } from '@vitrine/token-service';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Content } from '../content/content.ts';
import { resolveRights } from './resolve-rights.ts';
import type { Rights } from './rights.ts';

export interface RightsCacheOptions {
  readonly log: Logger;
  /** Sessions whose rights are kept; the longest unused goes first. Default 20,000. */
  readonly maxSessions?: number;
  /** Memory of their rights, estimated; the longest unused goes first. Default 64 MiB. */
  readonly maxBytes?: number;
}

interface Kept {
  readonly embedTheme: string | undefined;
  readonly language: string | undefined;
  readonly rights: Rights;
}

/** Rights by session, of the content in service: resolved once, and again where the content or the wishes of the page around change. */
export class RightsCache {
  readonly #log: Logger;
  readonly #kept: LRUCache<string, Kept>;
  /** Sessions whose erasures are in the log. */
  readonly #reported: LRUCache<string, true>;
  #content: Content | undefined;

  constructor({ log, maxSessions = 20_000, maxBytes = 64 * 1024 ** 2 }: RightsCacheOptions) {
    this.#log = log;
    this.#kept = new LRUCache({ max: maxSessions, maxSize: maxBytes });
    this.#reported = new LRUCache({ maxSize: maxSessions, sizeCalculation: () => 1 });
  }

  /** @throws Problem `subject_unknown` */
  rightsOf(session: LiveSession, content: Content): Rights {
    this.#forgetAllBut(content);
    const known = this.#kept.get(session.id);
    const { embedTheme, language } = session;
    const isSame = known?.embedTheme === embedTheme && known?.language === language;
    if (known !== undefined && isSame) return known.rights;
    const rights = resolveRights(session, content);
    this.#reportErasure(session, rights);
    const size = bytesOf(session, rights);
    this.#kept.set(session.id, { embedTheme, language, rights }, { size });
    return rights;
  }

  /** Rights hold the whole content that they were resolved against. */
  #forgetAllBut(content: Content): void {
    if (content === this.#content) return;
    this.#content = content;
    this.#kept.clear();
  }

  /** Data security that a token took away is an event for whoever watches (security decision on profiles). */
  #reportErasure({ id, kid, profile }: LiveSession, { erased }: Rights): void {
    if (erased.length === 0 || this.#reported.get(id)) return;
    this.#reported.set(id, true);
    this.#log.warn(
      { event: 'acl.erased', audit: true, kid, profile, dataSources: erased },
      'a token opened data sources by erasure of their rules',
    );
  }
}

/** Of an entry besides what its session brings. */
const entryBytes = 1_024;
const dashboardBytes = 64;
const memberBytes = 8;

/** What the token brought, and lists of its own; the rest is the content's. */
function bytesOf({ claims }: LiveSession, { filters, rules, dashboards }: Rights): number {
  const members = [...rules.values()]
    .flat()
    .reduce((sum, rule) => sum + (rule.members?.length ?? 0), 0);
  const brought = memoryOf([filters, claims.grants?.acl]);
  return brought + members * memberBytes + dashboards.size * dashboardBytes + entryBytes;
}
