import { EmbedError } from './embed-error.ts';
import type { GetWat } from './embed-options.ts';

/** Asks the page for a token. Rejects with `wat_callback_failed`, whatever the page's callback did. */
export async function askWat(getWat: GetWat | undefined, reason: string): Promise<string> {
  let cause: unknown;
  try {
    const wat: unknown = await getWat?.(reason);
    if (typeof wat === 'string' && wat) return wat;
  } catch (error) {
    cause = error;
  }
  throw new EmbedError('wat_callback_failed', 'getWat gave no token', { cause });
}
