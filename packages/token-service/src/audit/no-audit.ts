import type { Audit } from '../service-context.ts';

/** For a service without an audit folder. */
export const noAudit: Audit = {
  write: async () => {},
  around: (_entry, act) => act(),
  beside: (_entry, act) => act(),
};
