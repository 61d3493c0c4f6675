import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A content folder with one user and no data: the service starts quickly on it, and opens sessions. */
export function tinyContent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-content-'));
  mkdirSync(join(folder, 'users'));
  writeFileSync(join(folder, 'users/ada.yaml'), 'id: ada\nname: Ada\n');
  writeFileSync(join(folder, 'settings.yaml'), 'timeZone: UTC\n');
  return folder;
}
