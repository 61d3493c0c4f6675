import type {
  Action,
  ActionArgs,
  ActionResults,
  ExportOptions,
  ExportResult,
  FilterItem,
  HostChannel,
  SessionInfo,
} from '@vitrine/protocol';
import { EmbedError, embedErrorOf } from './embed-error.ts';

/** A session and the way to it. */
export interface LiveFrame {
  readonly channel: HostChannel;
  readonly session: SessionInfo;
}

/**
 * What the page can do with the dashboard (EMB-2). Each action waits until a session is open, and starts a lazy frame.
 * Each rejects with an `EmbedError`: the codes that stopped the frame from loading, those of the protocol, those of the service.
 */
export class DashboardActions {
  readonly #live: () => Promise<LiveFrame>;

  constructor(live: () => Promise<LiveFrame>) {
    this.#live = live;
  }

  /** Replaces the filter of the same dimension and level, or adds one; a locked one stays. `ability_missing` without `filter`. */
  applyFilters(filters: readonly FilterItem[]): Promise<void> {
    return this.#call('applyFilters', { filters }, 'filter');
  }

  /** Makes a file of what the reader sees and downloads it. `ability_missing` without `export`. */
  export(options: ExportOptions): Promise<ExportResult> {
    return this.#call('export', options, 'export');
  }

  /** The dashboard filters in force. */
  getFilters(): Promise<readonly FilterItem[]> {
    return this.#call('getFilters', {});
  }

  /** Opens another dashboard of the session; no new session. */
  openDashboard(oid: string): Promise<void> {
    return this.#call('openDashboard', { oid });
  }

  /** Who the session stands for, what it may do, its language, locale, time zone, theme and dashboards. */
  async getSession(): Promise<SessionInfo> {
    return (await this.#live()).session;
  }

  async getUser(): Promise<SessionInfo['user']> {
    return (await this.getSession()).user;
  }

  async getTheme(): Promise<SessionInfo['theme']> {
    return (await this.getSession()).theme;
  }

  /** Always rejects with `action_blocked`. */
  removeFilters(): Promise<never> {
    return blocked();
  }

  /** Always rejects with `action_blocked`. */
  openSimplyAsk(): Promise<never> {
    return blocked();
  }

  /** Always rejects with `action_blocked`. */
  createWidget(): Promise<never> {
    return blocked();
  }

  /** Always rejects with `action_blocked`. */
  createTextWidget(): Promise<never> {
    return blocked();
  }

  /** Always rejects with `action_blocked`. */
  share(): Promise<never> {
    return blocked();
  }

  async #call<A extends Action>(
    action: A,
    args: ActionArgs[A],
    ability?: 'filter' | 'export',
  ): Promise<ActionResults[A]> {
    const { channel, session } = await this.#live();
    if (ability && !session.abilities[ability])
      throw new EmbedError('ability_missing', `the token does not grant ${ability}`);
    try {
      return await channel.call(action, args);
    } catch (error) {
      throw embedErrorOf(error);
    }
  }
}

const blocked = () =>
  Promise.reject<never>(new EmbedError('action_blocked', 'blocked for every token'));
