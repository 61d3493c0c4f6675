/** What a command sees of the world. */
export interface Terminal {
  /** All of standard input, as text. */
  readonly readStdin: () => Promise<string>;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly env: Readonly<Partial<Record<string, string>>>;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** 0 good, 1 findings, 2 usage. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  readonly help: string;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}
