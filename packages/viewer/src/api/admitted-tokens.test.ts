import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { ApiClient } from './api-client.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the exchange', () => {
  it(verifies('G-1', 'is not asked about a token that the page may not use'), async () => {
    const fetch = vi.fn();
    vi.stubGlobal('fetch', fetch);
    const api = new ApiClient('', (token) => token === 'mine');
    await expect(api.open({ webAccessToken: 'theirs' })).rejects.toMatchObject({
      code: 'token_refused',
    });
    expect(fetch).not.toHaveBeenCalled();
    fetch.mockResolvedValue(Response.json({ webSessionToken: 'a', initialiser: 'b' }));
    await api.open({ webAccessToken: 'mine' });
    expect(fetch).toHaveBeenCalledOnce();
  });
});
