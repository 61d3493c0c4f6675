import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { frameAddress } from './frame-address.ts';

const wat = `${Buffer.from('{"kid":"65f0a1b2c3d4e5f6a7b8c9d0"}').toString('base64url')}.b.c.d.e`;
const page = { href: 'https://shop.example/a/b', origin: 'https://shop.example' };
const address = (url: string, from = page) => frameAddress(url, wat, '1-2', from);

describe('frameAddress', () => {
  it(verifies('EMB-1 LNK-4', 'names configuration, host and nonce, and not the token'), () => {
    expect(address('https://bi.example')).toEqual({
      src: 'https://bi.example/embed/65f0a1b2c3d4e5f6a7b8c9d0?host=https%3A%2F%2Fshop.example&nonce=1-2',
      viewerOrigin: 'https://bi.example',
    });
  });

  it('keeps the path that a service is served under, and drops search and hash', () => {
    expect(address('https://bi.example:8443/vitrine/?x=1#y')).toMatchObject({
      src: expect.stringMatching(/^https:\/\/bi\.example:8443\/vitrine\/embed\/65f0/),
      viewerOrigin: 'https://bi.example:8443',
    });
    expect(address('/bi').viewerOrigin).toBe('https://shop.example');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://bi.example/1',
    'http://',
    'ftp://x',
  ])(verifies('G-2', 'refuses %s'), (url) => {
    expect(() => address(url)).toThrow(expect.objectContaining({ code: 'url_invalid' }));
  });

  it(verifies('G-2', 'refuses a page that has no origin to answer to'), () => {
    expect(() => address('https://bi.example', { ...page, origin: 'null' })).toThrow(
      expect.objectContaining({ code: 'host_origin_opaque' }),
    );
  });

  it('refuses a token that names no configuration', () => {
    expect(() => frameAddress('https://bi.example', 'x', '1-2', page)).toThrow(
      expect.objectContaining({ code: 'token_malformed' }),
    );
  });
});
