/** How much may run and wait. */
export interface QueueLimits {
  /** Of all owners together. */
  readonly running: number;
  readonly runningPerOwner: number;
  /** Of all owners together; beyond, nothing more is taken in. */
  readonly waiting: number;
  readonly waitingPerOwner: number;
}

/** Work that waits for its turn. It may stand in the lines of several owners, and begins once. */
export class Ticket {
  readonly begin: () => Promise<unknown>;
  /** Those in whose lines it waits. */
  readonly owners = new Set<string>();
  hasBegun = false;

  /** `begin` must not reject. */
  constructor(begin: () => Promise<unknown>) {
    this.begin = begin;
  }
}

interface Line {
  running: number;
  readonly waiting: Set<Ticket>;
}

/** A line for each owner, served in turn: who asks for much waits for his own, and holds up nobody else. */
export class FairQueue {
  readonly #limits: QueueLimits;
  /** In the order in which they are served next; an owner without work has none. */
  readonly #lines = new Map<string, Line>();
  #running = 0;
  #waiting = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Begins the work, or puts it into the owner's line. False: that line, or the room for all, is full. */
  add(ticket: Ticket, owner: string): boolean {
    if (ticket.hasBegun || ticket.owners.has(owner)) return true;
    const line = this.#lines.get(owner) ?? { running: 0, waiting: new Set() };
    const isFree = this.#mayBegin(line) && line.waiting.size === 0;
    const { waiting, waitingPerOwner } = this.#limits;
    if (!isFree && (this.#waiting >= waiting || line.waiting.size >= waitingPerOwner)) return false;
    this.#lines.set(owner, line);
    line.waiting.add(ticket);
    ticket.owners.add(owner);
    this.#waiting += 1;
    if (isFree) this.#begin(owner, line, ticket);
    return true;
  }

  /** Takes work that has not begun out of every line. */
  leave(ticket: Ticket): void {
    for (const owner of ticket.owners) {
      const line = this.#lines.get(owner);
      if (!line?.waiting.delete(ticket)) continue;
      this.#waiting -= 1;
      if (line.running + line.waiting.size === 0) this.#lines.delete(owner);
    }
    ticket.owners.clear();
  }

  #mayBegin({ running }: Line): boolean {
    return this.#running < this.#limits.running && running < this.#limits.runningPerOwner;
  }

  #begin(owner: string, line: Line, ticket: Ticket): void {
    line.running += 1;
    this.#running += 1;
    this.#moveToEnd(owner, line);
    ticket.hasBegun = true;
    this.leave(ticket);
    void ticket.begin().then(() => {
      line.running -= 1;
      this.#running -= 1;
      if (line.running + line.waiting.size === 0) this.#lines.delete(owner);
      else this.#moveToEnd(owner, line);
      this.#serveNext();
    });
  }

  /** Every other owner is served before this one is again. */
  #moveToEnd(owner: string, line: Line): void {
    this.#lines.delete(owner);
    this.#lines.set(owner, line);
  }

  #serveNext(): void {
    for (const [owner, line] of this.#lines) {
      const [next] = line.waiting;
      if (next === undefined || !this.#mayBegin(line)) continue;
      this.#begin(owner, line, next);
      return;
    }
  }
}
