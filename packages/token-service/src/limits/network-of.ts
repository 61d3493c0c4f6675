import { isIPv6 } from 'node:net';

const groups = 8;
const networkGroups = 4;
/** Characters of an address; what a proxy gives for one may be anything. */
const longest = 64;

/**
 * Whom an address is counted for: an IPv4 address itself; the /64 of an IPv6 address, since whoever has one
 * address of it has all (RFC 6177 §2). Anything else counts together.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return ownText(mapped);
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return ownText(address.slice(0, longest));
  const [before = '', after] = plain.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = Array.from({ length: Math.max(0, groups - head.length - tail.length) }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, networkGroups).map(short).join(':')}::/64`;
}

/** A copy: a part of a text keeps the whole of it in memory, here a header of 640 KiB. */
function ownText(text: string): string {
  return Buffer.from(text).toString();
}

function short(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}
