import type { Profile } from '@vitrine/claims';
import { UsageError } from './usage-error.ts';

/** The profile that an option names. Throws `UsageError`. */
export function readProfile(text: string): Profile {
  if (text === 'compatible' || text === 'strict') return text;
  throw new UsageError('--profile is compatible or strict.');
}
