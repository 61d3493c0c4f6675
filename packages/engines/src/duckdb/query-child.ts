/**
 * The child process that holds one database: it starts with an empty environment, opens what the first message names, and
 * answers queries by number. What DuckDB says about a failure stays here, because it quotes data.
 */
import { Database } from './database.ts';
import type { DatabaseOptions, FromChild, RunMessage, ToChild } from './messages.ts';

let database: Database | undefined;

process.on('message', (message: ToChild) => {
  if (message.kind === 'open') void open(message.options);
  else if (message.kind === 'run') void run(message);
  else database?.interrupt(message.id);
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C and a service manager's stop reach the whole process group; the parent decides when this one ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

async function open(options: DatabaseOptions): Promise<void> {
  try {
    database = await Database.open(options);
    send({ kind: 'opened' });
  } catch {
    send({ kind: 'unavailable' });
  }
}

async function run(message: RunMessage): Promise<void> {
  try {
    if (database === undefined) throw new Error('not open');
    send(await database.run(message));
  } catch {
    send({ kind: 'failed', id: message.id });
  }
}

function send(message: FromChild): void {
  process.send?.(message);
}
