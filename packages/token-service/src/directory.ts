import type { Claims, Finding, Profile, SoundClaims } from '@vitrine/claims';

/** What of a configuration decides about claims. */
export interface ClaimsPolicy {
  readonly profile: Profile;
  readonly allowErasedAcl: boolean;
}

/** What the host application knows of users, dashboards and data. */
export interface Directory {
  /** Whether this user exists. Asked at the open and at every request of a session. */
  hasSubject(sub: string): boolean;
  /** The checks of a strict configuration that need content; `refused` opens no session. */
  admit(claims: Claims, policy: ClaimsPolicy): 'ok' | 'refused';
  /**
   * The data level of validation, for testing a token; asked for administrators only, since its hints name content. The
   * claims are those whose types are right: others of the token may have errors. Without it, testing ends with the logic level.
   */
  checkData?(
    claims: SoundClaims,
    policy: ClaimsPolicy,
  ): readonly Finding[] | Promise<readonly Finding[]>;
}
