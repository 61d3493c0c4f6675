import type { Claims, Profile } from '@vitrine/claims';

/** A session that may act, with what it was opened with. */
export interface LiveSession {
  /** The hash of its secret: safe to show to administrators. */
  readonly id: string;
  readonly kid: string;
  readonly sub: string;
  readonly claims: Claims;
  readonly profile: Profile;
  readonly allowErasedAcl: boolean;
  /** IANA name; `UTC` where the client named none that exists. */
  readonly timeZone: string;
  /** Theme oid from the embed parameter. */
  readonly embedTheme?: string;
  /** One of the 13, from the embed parameter. */
  readonly language?: string;
  /** UTC milliseconds. */
  readonly openedAt: number;
}
