import { constraintsOf, devicesOf, type MicrophoneProblem, present, problemOf } from './devices.ts';
import type { AudioPreferences } from './preferences.ts';

/**
 *   closed --open--> asking --granted--> open --device lost--> open (another one, `lost` says which)
 *     ^                 '---refused, missing---> absent --open--> asking
 *     '------------------ close ----------------------'
 */
export type MicrophoneState =
  | { type: 'closed' }
  | { type: 'asking' }
  /** `lost`: the chosen one is not there, and this is another */
  | { type: 'open'; name: string; lost: string | null }
  | { type: 'absent'; problem: MicrophoneProblem };

export interface MicrophoneOptions {
  /** absent where a page is not in a secure context */
  devices: MediaDevices | undefined;
  preferences(): AudioPreferences;
  onState(state: MicrophoneState): void;
  /** what is spoken into is another track */
  onTrack(track: MediaStreamTrack | null): void;
}

/** What the agent speaks into: one track, open as long as the window is his phone, so that an answer need not wait for it. */
export interface Microphone {
  readonly state: MicrophoneState;
  readonly track: MediaStreamTrack | null;
  /** Asks for it; again after a refusal, and after other preferences. */
  open(): Promise<void>;
  close(): void;
}

export const createMicrophone = (options: MicrophoneOptions): Microphone => {
  const { devices, preferences } = options;
  let state: MicrophoneState = { type: 'closed' };
  let track: MediaStreamTrack | null = null;
  let turn = 0;

  const become = (next: MicrophoneState) => {
    state = next;
    options.onState(next);
  };

  const take = (next: MediaStreamTrack | null) => {
    const before = track;
    track = next;
    options.onTrack(next);
    before?.removeEventListener('ended', onEnded);
    before?.stop();
    next?.addEventListener('ended', onEnded);
  };

  /** It was pulled out, or its permission taken back. */
  const onEnded = () => void openOr(track?.label ?? '');

  const listed = async () => devicesOf((await devices?.enumerateDevices()) ?? [], 'audioinput');

  const openOnce = async (mine: number, gone: string | null): Promise<void> => {
    if (!devices) return become({ type: 'absent', problem: 'insecure' });
    const wanted = preferences();
    let chosen = present(wanted.microphone, await listed());
    let stream = await devices.getUserMedia({ audio: constraintsOf(wanted, chosen) });
    if (wanted.microphone !== null && chosen === null) {
      // names are told only after the permission
      chosen = present(wanted.microphone, await listed());
      if (chosen !== null) {
        for (const each of stream.getTracks()) each.stop();
        stream = await devices.getUserMedia({ audio: constraintsOf(wanted, chosen) });
      }
    }
    const [opened] = stream.getAudioTracks();
    if (mine !== turn || !opened) {
      opened?.stop();
      return;
    }
    take(opened);
    const lost = wanted.microphone !== null && chosen === null ? wanted.microphone.name : gone;
    become({ type: 'open', name: opened.label, lost });
  };

  /** `gone`: the one that was open until now */
  const openOr = async (gone: string | null): Promise<void> => {
    turn += 1;
    const mine = turn;
    if (state.type !== 'open') become({ type: 'asking' });
    try {
      await openOnce(mine, gone);
    } catch (error) {
      if (mine !== turn) return;
      take(null);
      become({ type: 'absent', problem: problemOf(error) });
    }
  };

  const open = () => openOr(null);

  /** The chosen one was plugged in again; or there is one at last. */
  const onDeviceChange = async () => {
    if (state.type === 'open' && state.lost !== null) {
      const { lost } = state;
      const wanted = preferences().microphone ?? { id: '', name: lost };
      if (present(wanted, await listed())) await open();
    } else if (state.type === 'absent' && state.problem === 'missing') await open();
  };
  devices?.addEventListener('devicechange', () => void onDeviceChange());

  return {
    get state() {
      return state;
    },
    get track() {
      return track;
    },
    open,
    close() {
      turn += 1;
      if (track) take(null);
      become({ type: 'closed' });
    },
  };
};
