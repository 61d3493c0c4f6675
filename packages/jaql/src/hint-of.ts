import { closestMatch } from 'leven';

/** Letters that may differ between what was written and what may have been meant: of a short word few. */
const farthest = 3;
const plainName = /^[\w .:<>=[\]()-]{1,80}$/;

/** The name among those there are that looks most like what was written, if one does. */
export function hintOf(written: unknown, known: Iterable<string>): { readonly hint?: string } {
  if (typeof written !== 'string' || !plainName.test(written)) return {};
  const names = new Map(
    [...known].filter((one) => plainName.test(one)).map((one) => [one.toLowerCase(), one]),
  );
  const maxDistance = Math.min(farthest, Math.floor(written.length / 2));
  const near = closestMatch(written.toLowerCase(), [...names.keys()], { maxDistance });
  const hint = near === undefined ? undefined : names.get(near);
  return hint === undefined ? {} : { hint };
}
