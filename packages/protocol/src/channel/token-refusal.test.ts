import { expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { connectedPair } from '../../test/connected-pair.ts';
import { settled } from '../../test/fake-window.ts';

it(verifies('EMB-7', 'tells the host once per token that a new one is needed'), async () => {
  const { host, frameChannel, notices } = await connectedPair();
  const say = (code: string) => frameChannel.send({ type: 'error', code, message: '' });
  say('session_ended');
  say('session_ended');
  say('query_failed');
  await settled();
  host.send({ type: 'wat', wat: 'next' });
  await settled();
  say('token_refused');
  say('session_ended');
  await settled();
  expect(notices.map((notice) => 'code' in notice && notice.code)).toEqual([
    'session_ended',
    'query_failed',
    'token_refused',
  ]);
  host.destroy();
  frameChannel.destroy();
});
