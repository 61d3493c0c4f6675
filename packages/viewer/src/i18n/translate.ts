import type { Language, Locale } from '@vitrine/claims';
import type { MessageKey, Messages } from './messages.ts';

/** What fills the placeholders of a message; `count` also chooses the plural form. */
export type MessageValues = Readonly<Record<string, string | number>>;

/** Gives the text of a message in the interface language. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** Makes the translator of one catalogue; numbers are written in `locale` (TOK-12), default the language itself. */
export function translatorOf(
  messages: Messages,
  language: Language,
  locale: Locale | string = language,
): Translate {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const message = messages[key];
    const { count } = values;
    const text =
      typeof message === 'string'
        ? message
        : (message[typeof count === 'number' ? plurals.select(count) : 'other'] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}
