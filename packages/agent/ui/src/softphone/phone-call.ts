import { type Session, SessionState, Web } from 'sip.js';
import type { KeptCalls } from './kept-calls.ts';

/** What a call of the phone needs of its surroundings. */
export interface PhoneCallOptions {
  session: Session;
  kept: KeptCalls;
  play(stream: MediaStream): () => void;
  /** the peer connection is there: before the call is answered */
  onConnection(connection: RTCPeerConnection): void;
  onUp(): void;
  onEnd(): void;
}

/** One leg of the agent: audio between this page and the switch. What call it is, and whether it is held, only the server says. */
export interface PhoneCall {
  readonly session: Session;
  readonly connection: RTCPeerConnection | undefined;
  speakInto(track: MediaStreamTrack): void;
  mute(muted: boolean): void;
  /** Finds another way to the switch where this one is broken. */
  repair(): void;
  /** The page goes on without it; the leg stays. */
  forget(): void;
}

/** Milliseconds that a way may be silent before another one is looked for. */
const patience = 1_500;
/** between tries */
const pause = 3_000;

export const plainOptions: Web.SessionDescriptionHandlerOptions = {
  constraints: { audio: true, video: false },
};

const isBroken = ({ iceConnectionState }: RTCPeerConnection): boolean =>
  iceConnectionState === 'disconnected' || iceConnectionState === 'failed';

export const createPhoneCall = (options: PhoneCallOptions): PhoneCall => {
  const { session, kept } = options;
  let connection: RTCPeerConnection | undefined;
  let silence: () => void = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let callId = '';

  const restart = () => {
    if (session.state !== SessionState.Established || !connection || !isBroken(connection)) return;
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(restart, pause);
    };
    session
      .invite({
        sessionDescriptionHandlerOptions: { ...plainOptions, offerOptions: { iceRestart: true } } as object,
        requestDelegate: { onReject: again },
      })
      // an offer is open, or there is no connection to the switch
      .catch(again);
  };
  const watch = () => {
    clearTimeout(timer);
    if (!connection || !isBroken(connection)) return;
    timer = setTimeout(restart, connection.iceConnectionState === 'failed' ? 0 : patience);
  };

  const attach = () => {
    const handler = session.sessionDescriptionHandler;
    if (!(handler instanceof Web.SessionDescriptionHandler) || connection === handler.peerConnection) return;
    connection = handler.peerConnection;
    connection?.addEventListener('iceconnectionstatechange', watch);
    silence = options.play(handler.remoteMediaStream);
    if (connection) options.onConnection(connection);
  };

  const end = () => {
    clearTimeout(timer);
    silence();
    options.onEnd();
  };

  session.delegate = {
    ...session.delegate,
    onBye: bye => void bye.accept(),
    onSessionDescriptionHandler: attach,
  };
  session.stateChange.addListener(state => {
    if (state === SessionState.Established) {
      attach();
      const { dialog } = session;
      if (dialog) {
        ({ callId } = dialog);
        kept.add({ callId, localTag: dialog.localTag, remoteTag: dialog.remoteTag });
      }
      options.onUp();
    }
    if (state !== SessionState.Terminated) return;
    kept.remove(callId);
    end();
  });

  const senders = () => connection?.getSenders().filter(({ track }) => track?.kind === 'audio') ?? [];
  return {
    session,
    get connection() {
      return connection;
    },
    speakInto(track) {
      for (const sender of senders()) {
        const before = sender.track;
        const next = track.clone();
        next.enabled = before?.enabled ?? true;
        void sender.replaceTrack(next).then(() => before?.stop());
      }
    },
    mute(muted) {
      for (const { track } of senders()) if (track) track.enabled = !muted;
    },
    repair: watch,
    forget() {
      clearTimeout(timer);
      silence();
      connection?.close();
    },
  };
};
