import { isIPv4, isIPv6 } from 'node:net';

const groups = 8;
const networkGroups = 4;
/** What no address was found in is counted together. */
const unknown = 'unknown';

/**
 * Whom an address is counted for: an IPv4 address itself; the /64 of an IPv6 address, since whoever has one
 * address of it has all (RFC 6177 §2). A port behind it, as some proxies write (RFC 7239 §6), makes no difference: each
 * connection would have a budget of its own.
 */
export function networkOf(address: string | undefined): string {
  const [plain = ''] = withoutPort(address ?? '').split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1] ?? plain;
  if (isIPv4(mapped)) return ownText(mapped);
  if (!isIPv6(plain)) return unknown;
  const [before = '', after] = plain.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = Array.from({ length: Math.max(0, groups - head.length - tail.length) }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, networkGroups).map(short).join(':')}::/64`;
}

function withoutPort(address: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(address) ?? [];
  const [, beforePort] = /^([\d.]+):\d+$/.exec(address) ?? [];
  return inBrackets ?? beforePort ?? address;
}

/** A copy: a part of a text keeps the whole of it in memory, here a header of 640 KiB. */
function ownText(text: string): string {
  return Buffer.from(text).toString();
}

function short(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}
