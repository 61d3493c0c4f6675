import { cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A copy of the fixture content that a test may change. */
export interface TempContent {
  readonly folder: string;
  write(name: string, text: string): Promise<void>;
  edit(name: string, change: (text: string) => string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Puts a folder back as the fixture has it. */
  restore(name: string): Promise<void>;
  dispose(): Promise<void>;
}

const fixture = fileURLToPath(new URL('content', import.meta.url));
let writes = 0;

export async function tempContent(): Promise<TempContent> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-content-'));
  await cp(fixture, folder, { recursive: true });
  const write = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    // Two writes within the clock's resolution must not look like one.
    writes += 1;
    const time = Date.now() / 1000 + writes;
    await utimes(path, time, time);
  };
  return {
    folder,
    write,
    edit: async (name, change) => write(name, change(await readFile(join(folder, name), 'utf8'))),
    remove: (name) => rm(join(folder, name), { recursive: true }),
    restore: (name) => cp(join(fixture, name), join(folder, name), { recursive: true }),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
