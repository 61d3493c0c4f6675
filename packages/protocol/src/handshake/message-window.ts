/** What a connection uses of the window it runs in; a test gives its own. */
export interface MessageWindow extends Timers {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** The timers of a window. */
export interface Timers {
  setTimeout(run: () => void, ms: number): number;
  clearTimeout(timer: number | undefined): void;
}
