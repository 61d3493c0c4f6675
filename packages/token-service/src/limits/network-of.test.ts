import { expect, it } from 'vitest';
import { heldBytes } from '../../../../test/held-bytes.ts';
import { verifies } from '../../../../test/verifies.ts';
import { networkOf } from './network-of.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['192.0.2.7:52000', '192.0.2.7'],
  ['[::ffff:192.0.2.7]:52000', '192.0.2.7'],
  ['[2001:db8:1:2::9]:52000', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
  ['', 'unknown'],
  ['192.0.2', 'unknown'],
  ['_hidden', 'unknown'],
  ['2001:db8::1:52000:x', 'unknown'],
  [undefined, 'unknown'],
])(verifies('I-1', 'counts %s for %s'), (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it.each([
  ['an address', (nth: number) => `203.0.113.${100 + nth}`],
  ['a mapped address', (nth: number) => `::ffff:203.0.113.${100 + nth}`],
  ['an address of IPv6', (nth: number) => `2001:db8:${nth}:2:3:4:5:6`],
  ['an address with a port', (nth: number) => `203.0.113.${100 + nth}:${50_000 + nth}`],
])(verifies('F-3 I-1', 'keeps nothing of the header around %s'), async (_name, addressOf) => {
  const networks = new Set<string>();
  const held = await heldBytes(() => {
    for (let nth = 0; nth < 100; nth += 1) {
      // As a parser gives it: one text, not the two that it was joined from.
      const header = JSON.parse(JSON.stringify(`${'x'.repeat(400_000)}, ${addressOf(nth)}`));
      networks.add(networkOf(header.slice(header.lastIndexOf(' ') + 1)));
    }
  });
  expect(networks.size).toBe(100);
  expect(held).toBeLessThan(2_000_000);
});
