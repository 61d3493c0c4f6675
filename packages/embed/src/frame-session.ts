/**
 * One iframe and the connection to the viewer in it (G-1 to G-3, EMB-7):
 *
 *     token (wat, else getWat) ─► iframe at /embed/<kid> ─► handshake ─► init ─► session
 *                                                  ▲ the frame reloads     │ error that a new token cures
 *                                                  └─ init again           └─► getWat ─► wat, once per session
 */
import {
  connectToFrame,
  createNonce,
  curedByNewToken,
  type FrameNotice,
  type HostChannel,
  type InitMessage,
  type RemoteError,
  type SetMessage,
} from '@vitrine/protocol';
import { askWat } from './ask-wat.ts';
import type { LiveFrame } from './dashboard-actions.ts';
import { EmbedError, embedErrorOf } from './embed-error.ts';
import { type EmbedOptions, settingsOf } from './embed-options.ts';
import { frameAddress } from './frame-address.ts';
import type { FrameView } from './frame-view.ts';
import { kidOf } from './token-kid.ts';

/** How long after its `load` a document in the frame may take to answer, in milliseconds. */
const answerMs = 8_000;

/** Whom a session reports to. */
export interface SessionOwner {
  readonly options: EmbedOptions;
  /** A session is open, or changed. */
  live(live: LiveFrame): void;
  /** The document with the session is gone; another one loads in its frame. */
  gone(): void;
  /** The viewer is there and shows the reader what is wrong. */
  refused(error: EmbedError): void;
  /** There is no viewer to show anything. */
  failed(error: EmbedError): void;
  expired(code: string): void;
  heard(notice: FrameNotice): void;
  /** The renewed token is of another configuration, so another frame has to be made. */
  reload(wat: string): void;
}

export class FrameSession {
  readonly #owner: SessionOwner;
  readonly #view: FrameView;
  readonly #life = new AbortController();
  #wat = '';
  #channel: HostChannel | undefined;
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  #renewal: 'none' | 'asked' | 'sent' = 'none';

  constructor(owner: SessionOwner, view: FrameView) {
    this.#owner = owner;
    this.#view = view;
  }

  /** `renewedWat` is a token that `getWat` gave for the frame before. Never rejects. */
  async start(renewedWat?: string): Promise<void> {
    if (renewedWat) this.#renewal = 'sent';
    const { wat, getWat } = this.#owner.options;
    try {
      this.#open(renewedWat ?? (wat || (await askWat(getWat, 'first_load'))));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Tells the viewer; before it listens, `init` will have it. */
  set(message: SetMessage): void {
    this.#channel?.send(message);
  }

  end(): void {
    this.#life.abort();
    clearTimeout(this.#answerTimer);
    this.#view.removeFrame();
  }

  #open(wat: string): void {
    const { signal } = this.#life;
    if (signal.aborted) return;
    const { url = '', timeoutMs = 30_000 } = this.#owner.options;
    const nonce = createNonce();
    const { src, viewerOrigin } = frameAddress(url, wat, nonce, location);
    this.#wat = wat;
    const iframe = this.#view.addFrame();
    const frame = iframe.contentWindow;
    if (!frame) return;
    void this.#follow(
      connectToFrame({
        window,
        frame,
        viewerOrigin,
        nonce,
        timeoutMs,
        signal,
        onMessage: (notice, channel) => this.#hear(notice, channel),
        onReconnect: (attempt) => {
          this.#owner.gone();
          void this.#follow(attempt);
        },
      }),
    );
    iframe.addEventListener('load', () => void this.#expectAnswer());
    iframe.src = src;
  }

  async #follow(attempt: Promise<HostChannel>): Promise<void> {
    try {
      const channel = await attempt;
      if (this.#life.signal.aborted) return;
      this.#channel = channel;
      channel.send(this.#init());
    } catch (error) {
      this.#fail(error);
    }
  }

  #init(): InitMessage {
    const { dashboard, widget, theme, language, settings } = this.#owner.options;
    return {
      type: 'init',
      wat: this.#wat,
      ...(dashboard && { dashboard }),
      ...(widget && { widget }),
      ...(theme && { theme }),
      ...(language && { language }),
      settings: settingsOf(settings),
    };
  }

  /** Each document in the frame must answer; one that does not is a page that cannot be framed, or a stranger's. */
  async #expectAnswer(): Promise<void> {
    clearTimeout(this.#answerTimer);
    if (!this.#channel) {
      const error = new EmbedError('handshake_timeout', 'the frame shows no viewer');
      this.#answerTimer = setTimeout(() => this.#channel || this.#fail(error), answerMs);
      return;
    }
    try {
      await this.#channel.call('getFilters', {}, { timeoutMs: answerMs });
    } catch (error) {
      if ((error as RemoteError).code === 'call_timeout')
        this.#fail(new EmbedError('frame_left', 'the frame went elsewhere'));
    }
  }

  #hear(notice: FrameNotice, channel: HostChannel): void {
    if (notice.type === 'session') {
      this.#renewal = 'none';
      this.#owner.live({ channel, session: notice.session });
    } else if (notice.type !== 'error') this.#owner.heard(notice);
    else if (curedByNewToken(notice.code)) void this.#renew(notice);
    else if (notice.code === 'message_invalid') this.#fail(notice);
    else this.#owner.refused(embedErrorOf(notice));
  }

  async #renew(error: RemoteError): Promise<void> {
    const { getWat } = this.#owner.options;
    if (this.#renewal === 'asked') return;
    this.#owner.expired(error.code);
    if (!getWat || this.#renewal === 'sent') {
      this.#owner.refused(embedErrorOf(error));
      return;
    }
    this.#renewal = 'asked';
    try {
      const wat = await askWat(getWat, error.code);
      if (this.#life.signal.aborted) return;
      this.#renewal = 'sent';
      if (kidOf(wat) !== kidOf(this.#wat)) {
        this.#owner.reload(wat);
        return;
      }
      this.#wat = wat;
      this.#channel?.send({ type: 'wat', wat });
    } catch (failure) {
      this.#renewal = 'none';
      if (!this.#life.signal.aborted) this.#owner.refused(embedErrorOf(failure));
    }
  }

  #fail(error: unknown): void {
    if (this.#life.signal.aborted) return;
    this.end();
    this.#owner.failed(embedErrorOf(error));
  }
}
