import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type TempContent, tempContent } from '../../test/temp-content.ts';
import { ContentStore } from './content-store.ts';

const salesOid = 'bb0000000000000000000001';
let content: TempContent;
let store: ContentStore;
beforeEach(async () => {
  content = await tempContent();
});
afterEach(async () => {
  store.close();
  await content.dispose();
});

const open = async (rescanIntervalMs: number) => {
  store = await ContentStore.open({
    folder: content.folder,
    log: pino({ enabled: false }),
    openSource: async () => undefined,
    debounceMs: 10,
    rescanIntervalMs,
  });
};
const titleIs = (title: string) =>
  vi.waitFor(() => expect(store.current.dashboards.get(salesOid)?.title).toBe(title), {
    timeout: 5000,
  });
const rename = (title: string) =>
  content.edit('dashboards/sales.yaml', (text) => text.replace(/^title: .*/m, `title: ${title}`));

describe('ContentStore', () => {
  it(verifies('VIEW-6', 'takes changes from the watcher'), async () => {
    await open(3_600_000);
    await rename('One');
    await titleIs('One');
    await rename('Two');
    await titleIs('Two');
  });

  it(
    verifies(
      'VIEW-6',
      'finds changes without any sign of them, even of a folder that was replaced',
    ),
    async () => {
      await open(20);
      await content.remove('dashboards');
      await vi.waitFor(() => expect(store.current.dashboards.size).toBe(0), { timeout: 5000 });
      await content.restore('dashboards');
      await rename('Three');
      await titleIs('Three');
    },
  );

  it('keeps the snapshot that a reader holds', async () => {
    await open(3_600_000);
    const held = store.current;
    await rename('New');
    const next = await store.refresh();
    expect(next.generation).toBe(held.generation + 1);
    expect(held.dashboards.get(salesOid)?.title).toBe('Sales overview');
  });
});
