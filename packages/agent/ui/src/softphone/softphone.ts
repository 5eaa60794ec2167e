import {
  type Answer,
  type AnswerFigures,
  type DeskStatus,
  deskSoftphoneMethods,
  type SoftphoneGrant,
} from '@cordboard/contract';
import { measureAnswers } from './answer-time.ts';
import type { Audio } from './audio.ts';
import { keepCalls } from './kept-calls.ts';
import { type Ownership, ownAudio } from './owner.ts';
import { type Phone, type PhoneState, type Ringing, startPhone } from './phone.ts';
import { mayConnect, reloadForPolicy } from './policy.ts';
import { type Quality, watchQuality } from './quality.ts';
import { createValue, type Value } from './value.ts';

/** `waiting`: for the microphone; `elsewhere`: another window has the audio; `unavailable`: the site has no phones in browsers. */
export type SoftphonePhase = 'off' | 'elsewhere' | 'waiting' | 'unavailable' | PhoneState;

export interface SoftphoneState {
  phase: SoftphonePhase;
  /** legs that are up */
  calls: number;
  ringing: Ringing | null;
  muted: boolean;
  /** of the call that was answered last */
  quality: Quality | null;
  answers: AnswerFigures | null;
}

/** The phone in this window: on while the agent is logged on with it, and in one window at a time. */
export interface Softphone {
  readonly state: Value<SoftphoneState>;
  /** what the application says of the logon */
  follow(status: DeskStatus | null): void;
  mute(muted: boolean): void;
  takeAudio(): void;
  /** the agent pressed Answer */
  answering(): void;
}

export interface SoftphoneOptions {
  audio: Audio;
  ask(method: string, parameters: object): Promise<Answer>;
}

const off: SoftphoneState = {
  phase: 'off',
  calls: 0,
  ringing: null,
  muted: false,
  quality: null,
  answers: null,
};

const pause = 2_000;

export const createSoftphone = ({ audio, ask }: SoftphoneOptions): Softphone => {
  const state = createValue<SoftphoneState>(off);
  let logon: string | null = null;
  let ownership: Ownership | null = null;
  let phone: Phone | null = null;
  let run = 0;
  let stopWatching = () => {};
  const change = (part: Partial<SoftphoneState>) => state.set({ ...state.get(), ...part });

  const answers = measureAnswers({
    now: () => performance.now(),
    after: (milliseconds, act) => void setTimeout(act, milliseconds),
    heard: milliseconds => void report(milliseconds),
  });
  const report = async (milliseconds: number) => {
    const answer = await ask(deskSoftphoneMethods.reportAnswer, { milliseconds });
    if (answer.ok) change({ answers: answer.value as AnswerFigures });
  };

  const onCalls = (connections: (RTCPeerConnection | undefined)[], ringing: Ringing | null) => {
    stopWatching();
    const last = connections.at(-1);
    stopWatching = last ? watchQuality(last, quality => change({ quality })) : () => {};
    change({
      calls: connections.length,
      ringing,
      ...(connections.length === 0 && { quality: null, muted: false }),
    });
  };

  const start = (grant: SoftphoneGrant) => {
    phone = startPhone({
      grant,
      kept: keepCalls(localStorage, grant.user),
      track: audio.track.get,
      muted: () => state.get().muted,
      play: audio.speaker.play,
      onState(phase) {
        change({ phase });
        if (phase === 'refused') again();
      },
      onCalls: (calls, ringing) =>
        onCalls(
          calls.map(each => each.connection),
          ringing,
        ),
      onConnection: answers.connected,
    });
  };

  const stop = () => {
    run += 1;
    stopWatching();
    const before = phone;
    phone = null;
    return before?.close();
  };

  /** The credentials are worth nothing any more: asks for those of now. */
  const again = () => {
    const mine = run;
    setTimeout(() => {
      if (run !== mine) return;
      void stop();
      void connect();
    }, pause);
  };

  const connect = async (): Promise<void> => {
    run += 1;
    const mine = run;
    if (!audio.track.get()) return change({ phase: 'waiting' });
    change({ phase: 'connecting' });
    const answer = await ask(deskSoftphoneMethods.getSoftphone, {});
    if (mine !== run) return;
    if (!answer.ok) {
      const { reason } = answer.refusal;
      change({ phase: reason === 'notAvailable' ? 'unavailable' : 'lost' });
      if (reason !== 'notAvailable') setTimeout(() => mine === run && void connect(), pause);
      return;
    }
    const grant = answer.value as SoftphoneGrant;
    if (mayConnect(grant.webSocket)) start(grant);
    // its policy was made before the address was known
    else if (!reloadForPolicy(grant.webSocket)) change({ phase: 'unavailable' });
  };

  const begin = async () => {
    await audio.openMicrophone();
    await connect();
  };

  audio.track.subscribe(() => {
    const track = audio.track.get();
    if (phone && track) phone.speakInto(track);
    else if (!phone && track && state.get().phase === 'waiting') void connect();
  });

  const onOwner = (owner: boolean) => {
    if (owner) return void begin();
    void stop();
    audio.closeMicrophone();
    change({ ...off, phase: 'elsewhere', answers: state.get().answers });
  };

  return {
    state,
    follow(status) {
      const wanted = status?.ready && status.softphone ? status.loggedOnAt : null;
      // while the application cannot be reached the phone goes on
      if (status === null || wanted === logon) return;
      if (logon !== null) {
        ownership?.release();
        ownership = null;
        void stop();
        audio.closeMicrophone();
        state.set(off);
      }
      logon = wanted;
      if (wanted !== null) ownership = ownAudio(navigator.locks as LockManager | undefined, onOwner);
    },
    mute(muted) {
      phone?.mute(muted);
      change({ muted });
    },
    takeAudio: () => ownership?.take(),
    answering: answers.pressed,
  };
};
