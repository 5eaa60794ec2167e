import type { SoftphoneGrant } from '@cordboard/contract';
import { type Invitation, Inviter, Registerer, type Session, SessionState, UserAgent, Web } from 'sip.js';
import { answersByItself } from './answers-by-itself.ts';
import { callOfDialog, type KeptCall, type KeptCalls } from './kept-calls.ts';
import { createPhoneCall, type PhoneCall, plainOptions } from './phone-call.ts';

export interface PhoneOptions {
  grant: SoftphoneGrant;
  kept: KeptCalls;
  /** what is spoken into now; null: silence */
  track(): MediaStreamTrack | null;
  muted(): boolean;
  play(stream: MediaStream): () => void;
  onState(state: PhoneState): void;
  /** calls that are up, and one that rings for a person's hand */
  onCalls(calls: readonly PhoneCall[], ringing: Ringing | null): void;
  /** sound can come from here on */
  onConnection(connection: RTCPeerConnection): void;
}

/**
 *   connecting --registered--> registered --connection lost--> lost --registered--> registered
 *        '----- credentials of no worth -----> refused <----------'
 */
export type PhoneState = 'connecting' | 'registered' | 'lost' | 'refused';

export interface Ringing {
  name: string;
  answer(): void;
}

/** The phone in the page: registered at the switch, it carries the audio and decides nothing. */
export interface Phone {
  speakInto(track: MediaStreamTrack): void;
  mute(muted: boolean): void;
  /** Unregisters. The calls stay at the switch, for the page that has the audio next. */
  close(): Promise<void>;
}

const firstPause = 250;
const longestPause = 5_000;
/** asked for; the page must be known to be gone before long, where it says nothing */
const registeredSeconds = 60;

const silentTrack = (): MediaStreamTrack => {
  const [track] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
  if (!track) throw new Error('a destination without a track');
  return track;
};

export const startPhone = (options: PhoneOptions): Phone => {
  const { grant, kept } = options;
  const calls = new Set<PhoneCall>();
  let ringing: Invitation | null = null;
  let closed = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tookUp = false;

  const { hostname } = new URL(grant.webSocket);
  const uri = UserAgent.makeURI(`sip:${grant.extension}@${hostname}`);
  if (!uri) throw new Error('an extension that is none');
  const mediaStream = async () => {
    const track = options.track()?.clone() ?? silentTrack();
    track.enabled = !options.muted();
    return new MediaStream([track]);
  };
  const userAgent = new UserAgent({
    uri,
    authorizationUsername: grant.user,
    authorizationPassword: grant.password,
    transportOptions: {
      server: grant.webSocket,
      connectionTimeout: 5,
      keepAliveInterval: 5,
      keepAliveDebounce: 4,
    },
    reconnectionAttempts: 0,
    // who loads the page again wants his call back
    gracefulShutdown: false,
    logBuiltinEnabled: false,
    sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(mediaStream),
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: 500,
      peerConnectionConfiguration: { iceServers: [], bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' },
    },
    delegate: {
      onInvite: invited,
      onConnect: () => void register(),
      onDisconnect: error => error && lost(),
    },
  });
  const registerer = new Registerer(userAgent, { expires: registeredSeconds, refreshFrequency: 80 });

  /** @param dialogs of calls that are up at the extension, maybe in another browser where the person was before */
  function registered(dialogs: readonly string[]): void {
    failures = 0;
    options.onState('registered');
    for (const call of calls) call.repair();
    if (tookUp) return;
    tookUp = true;
    const known = [...kept.all(), ...dialogs.flatMap(each => callOfDialog(each) ?? [])];
    for (const call of new Map(known.map(each => [each.callId, each])).values()) takeUp(call);
  }

  function tell(): void {
    const from = ringing?.remoteIdentity;
    const up = [...calls].filter(({ session }) => session.state === SessionState.Established);
    const ring = ringing;
    options.onCalls(
      up,
      ring && {
        name: from?.displayName || from?.uri.user || '',
        answer: () => void ring.accept({ sessionDescriptionHandlerOptions: plainOptions }).catch(() => {}),
      },
    );
  }

  function add(session: Session): void {
    const call = createPhoneCall({
      session,
      kept,
      play: options.play,
      onConnection: options.onConnection,
      onUp: tell,
      onEnd() {
        calls.delete(call);
        if (ringing === session) ringing = null;
        tell();
      },
    });
    calls.add(call);
    session.stateChange.addListener(state => {
      if (ringing !== session || state === SessionState.Initial) return;
      ringing = null;
      tell();
    });
  }

  function invited(invitation: Invitation): void {
    add(invitation);
    if (answersByItself(name => invitation.request.getHeader(name))) {
      // ended while it was being answered
      invitation.accept({ sessionDescriptionHandlerOptions: plainOptions }).catch(() => {});
      return;
    }
    ringing = invitation;
    tell();
  }

  /** RFC 3891: this page was loaded again, or another one had the audio. */
  function takeUp({ callId, localTag, remoteTag }: KeptCall): void {
    kept.remove(callId);
    if (!uri) return;
    const inviter = new Inviter(userAgent, uri, {
      extraHeaders: [`Replaces: ${callId};to-tag=${remoteTag};from-tag=${localTag}`],
      sessionDescriptionHandlerOptions: plainOptions,
    });
    add(inviter);
    // refused: that call is over
    inviter.invite().catch(() => {});
  }

  // ---- the connection

  async function register(): Promise<void> {
    if (closed) return;
    try {
      await registerer.register({
        requestDelegate: {
          onAccept: ({ message }) => registered(message.getHeaders('X-Cordboard-Dialogs')),
          onReject({ message }) {
            if (message.statusCode === 403) options.onState('refused');
            else lost();
          },
        },
      });
    } catch {
      // a request is under way already, or the connection has gone again
      lost();
    }
  }

  function lost(): void {
    if (closed) return;
    options.onState('lost');
    clearTimeout(timer);
    timer = setTimeout(
      () => void connect(),
      Math.min(firstPause * 2 ** Math.min(failures, 10), longestPause),
    );
    failures += 1;
  }

  async function connect(): Promise<void> {
    if (closed) return;
    if (userAgent.isConnected()) return register();
    try {
      await userAgent.reconnect();
    } catch {
      lost();
    }
  }

  const online = () => {
    if (!userAgent.isConnected()) void connect();
  };
  addEventListener('online', online);
  options.onState('connecting');
  userAgent.start().catch(lost);

  return {
    speakInto(track) {
      for (const call of calls) call.speakInto(track);
    },
    mute(muted) {
      for (const call of calls) call.mute(muted);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      removeEventListener('online', online);
      for (const call of calls) call.forget();
      // not there any more: the registration runs out
      await registerer.unregister().catch(() => {});
      await userAgent.transport.disconnect().catch(() => {});
    },
  };
};
