import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { viewerErrorCodes } from '../viewer-error.ts';
import { enUS } from './en-US.ts';
import { interfaceLanguages, loadMessages, nearestLanguage } from './load-messages.ts';
import type { Message, MessageKey } from './messages.ts';
import { translatorOf } from './translate.ts';

const keys = Object.keys(enUS) as MessageKey[];
const formsOf = (message: Message) =>
  typeof message === 'string' ? [message] : Object.values(message);
const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe.each(interfaceLanguages)(verifies('VIEW-4 TOK-12', 'the %s catalogue'), (language) => {
  it('has every key, no other, and a text for each', async () => {
    const { messages } = await loadMessages(language);
    expect(Object.keys(messages).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      for (const form of formsOf(messages[key])) expect(form.trim(), key).not.toBe('');
    }
  });

  it('has the same placeholders in every form of every message', async () => {
    const { messages } = await loadMessages(language);
    for (const key of keys) {
      const expected = placeholders(formsOf(enUS[key])[0] ?? '');
      for (const form of formsOf(messages[key])) expect(placeholders(form), key).toEqual(expected);
    }
  });

  it('has exactly the plural forms of the language', async () => {
    const { messages } = await loadMessages(language);
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of keys) {
      const message = messages[key];
      expect(typeof message === 'string', key).toBe(typeof enUS[key] === 'string');
      if (typeof message !== 'string') {
        expect(Object.keys(message).sort(), key).toEqual([...categories].sort());
      }
    }
  });

  it('leaves nothing in English', async () => {
    if (language === 'en-US') return;
    const { messages } = await loadMessages(language);
    const sentences = keys.filter((key) => key.endsWith('.hint') || key.endsWith('.title'));
    const shared = sentences.filter((key) => messages[key] === enUS[key]);
    expect(shared.filter((key) => key.endsWith('.hint'))).toEqual([]);
    const sameWord = ['nav.title', 'filters.title', 'error.no_dashboards.title'];
    expect(shared.filter((key) => !sameWord.includes(key))).toEqual([]);
  });
});

describe('messages', () => {
  it('have a title and what to do next for every error code', () => {
    for (const code of viewerErrorCodes) {
      expect(keys).toContain(`error.${code}.title`);
      expect(keys).toContain(`error.${code}.hint`);
    }
  });

  it('choose the plural form of the language and write numbers in the locale', async () => {
    const { messages } = await loadMessages('ru-RU');
    const t = translatorOf(messages, 'ru-RU', 'de-DE');
    expect(t('widget.rows', { count: 1 })).toBe('1 строка');
    expect(t('widget.rows', { count: 3 })).toBe('3 строки');
    expect(t('widget.rows', { count: 11 })).toBe('11 строк');
    expect(t('widget.rows', { count: 12345 })).toBe('12.345 строк');
  });

  it('insert values as they are, even such as look like placeholders', () => {
    const t = translatorOf(enUS, 'en-US');
    expect(t('filter.contains', { value: '{value}$&' })).toBe('contains “{value}$&”');
  });

  it('come in the nearest language', () => {
    expect(nearestLanguage(['pt-PT'])).toBe('pt-BR');
    expect(nearestLanguage(['es-MX'])).toBe('es-ES');
    expect(nearestLanguage(['es-ar'])).toBe('es-AR');
    expect(nearestLanguage(['xx', 'ja'])).toBe('ja-JP');
    expect(nearestLanguage([])).toBe('en-US');
  });
});
