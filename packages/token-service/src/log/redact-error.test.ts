import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { redactError } from './redact-error.ts';

const secret = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMN';

describe('redactError', () => {
  it(verifies('LNK-4', 'takes tokens and keys out of messages, of causes too'), () => {
    const error = new Error(`bad ${secret}.${secret}.x`, { cause: new Error(`inner ${secret}`) });
    const text = JSON.stringify(redactError(error));
    expect(text).not.toContain(secret.slice(0, 32));
    expect(text).toContain('inner [redacted]');
  });

  it(
    verifies('LNK-4', 'takes keys in PEM armour out, also where a slash cuts their lines short'),
    () => {
      const line = 'abcdefghijklmnopqrst/uvwxyz0123456789/ABCDEFGHIJKLMN';
      const pem = `-----BEGIN PRIVATE KEY-----\n${line}\n${line}\n-----END PRIVATE KEY-----\n`;
      expect(redactError(new Error(`no ${pem} good`)).stack).toContain('no [redacted]\n good');
      expect(redactError(new Error(pem.slice(0, 60))).stack).not.toContain('abcdefgh');
    },
  );

  it(verifies('LNK-4', 'leaves no part of a token that the length limit cuts'), () => {
    const text = `${'word '.repeat(396)}${secret}`;
    expect(redactError(new Error(text)).stack).not.toContain(secret.slice(0, 12));
  });

  it('keeps the words, the code and the place', () => {
    const logged = redactError(Object.assign(new TypeError('no such thing'), { code: 'ENOENT' }));
    expect(logged).toMatchObject({ type: 'TypeError', code: 'ENOENT' });
    expect(logged.stack).toContain('no such thing');
    expect(logged.stack).toContain('redact-error.test.ts');
  });

  it('takes whatever was thrown', () => {
    expect(redactError('text')).toEqual({ type: 'string', stack: '' });
  });
});
