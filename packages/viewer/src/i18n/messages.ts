import type { enUS } from './en-US.ts';

/** A message with a form for each plural category of its language. */
export type PluralMessage = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
  readonly other: string;
};
export type Message = string | PluralMessage;

export type MessageKey = keyof typeof enUS;
/** One language's catalogue: every key of the English one, none left out. */
export type Messages = Readonly<Record<MessageKey, Message>>;
