import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { crossOriginHeaders } from './cross-origin.ts';

describe('crossOriginHeaders', () => {
  it(verifies('F-9 OPS-4', 'refuses where the origins cannot be read, and says so'), async () => {
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => lines.push(line) });
    const embeds = () => Promise.reject(new Error('the store is away'));
    expect(await crossOriginHeaders('https://app.example.com', { embeds }, log)).toEqual([]);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['origins_unread']);
  });
});
