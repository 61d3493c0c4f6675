import type { LiveSession } from '@vitrine/token-service';
import type { Logger } from 'pino';
import type { Content } from '../content/content.ts';
import { resolveRights } from './resolve-rights.ts';
import type { Rights } from './rights.ts';

export interface RightsCacheOptions {
  readonly log: Logger;
  /** Sessions whose rights are kept; the longest kept goes first. Default 20,000. */
  readonly maxSessions?: number;
}

interface Kept {
  readonly content: Content;
  readonly embedTheme: string | undefined;
  readonly language: string | undefined;
  readonly rights: Rights;
}

/** Rights by session and content: resolved once for each pair, and again where the wishes of the page around change. */
export class RightsCache {
  readonly #log: Logger;
  readonly #maxSessions: number;
  readonly #kept = new Map<string, Kept>();

  constructor({ log, maxSessions = 20_000 }: RightsCacheOptions) {
    this.#log = log;
    this.#maxSessions = maxSessions;
  }

  /** @throws Problem `subject_unknown` */
  rightsOf(session: LiveSession, content: Content): Rights {
    const known = this.#kept.get(session.id);
    const { embedTheme, language } = session;
    const isSame = known?.embedTheme === embedTheme && known?.language === language;
    if (known?.content === content && isSame) return known.rights;
    const rights = resolveRights(session, content);
    if (!known) this.#reportErasure(session, rights);
    this.#kept.set(session.id, { content, embedTheme, language, rights });
    if (this.#kept.size > this.#maxSessions) {
      for (const oldest of this.#kept.keys()) {
        this.#kept.delete(oldest);
        break;
      }
    }
    return rights;
  }

  /** Data security that a token took away is an event for whoever watches (security decision on profiles). */
  #reportErasure({ kid, profile }: LiveSession, { erased }: Rights): void {
    if (erased.length === 0) return;
    this.#log.warn(
      { event: 'acl.erased', audit: true, kid, profile, dataSources: erased },
      'a token opened data sources by erasure of their rules',
    );
  }
}
