import { isDeepStrictEqual } from 'node:util';
import type { LegId, LegMedia } from '../control/protocol.ts';
import type { Counters } from './counters.ts';
import type { MediaEvent, RemoteMedia } from './engine.ts';
import { createLeg, type Leg, mayHear, shouldSpeak } from './leg.ts';
import type { MediaPipe } from './pipe.ts';
import { createPlayback, type PlaybackSources, stepPlayback } from './playback.ts';
import { receive, refill } from './receive.ts';
import { createRecorder, type RecordingFile } from './recorder.ts';
import { sendDigitPacket, sendFrame } from './send.ts';
import { type CodedSound, type SoundLibrary, silence } from './sound-library.ts';
import { queueDigits, stepDigits } from './telephone-event.ts';
import type { ToneName } from './tones.ts';

/** All legs, without thread, socket or timer: packets come from the pipes, time from `now` and `tick`. */
export interface Exchange {
  open(leg: LegId, pipe: MediaPipe): void;
  setRemote(leg: LegId, remote: RemoteMedia): void;
  setMedia(leg: LegId, media: LegMedia): void;
  sendDigits(leg: LegId, digits: string): void;
  startRecording(leg: LegId, path: string): void;
  stopRecording(leg: LegId): void;
  /** forgets the leg; its pipe is the caller's again */
  close(leg: LegId): void;
  /** 20 ms are over; `at`: when they nominally were */
  tick(at: number): void;
  readonly legs: number;
  readonly recordings: number;
  /** ends all recordings */
  stop(): Promise<void>;
}

export interface ExchangeOptions {
  emit(event: MediaEvent): void;
  /** ms, monotonic */
  now(): number;
  random(): number;
  library: SoundLibrary;
  tones: Record<ToneName, CodedSound>;
  counters: Counters;
  openFile(path: string): Promise<RecordingFile>;
  silentSeconds: number;
}

/** A connected leg that got nothing from its partner for so long, ms, hears silence made here. */
const fillAfter = 200;

export function createExchange(options: ExchangeOptions): Exchange {
  const { emit, now, counters } = options;
  const legs = new Map<LegId, Leg>();
  /** recordings whose files are being completed */
  const ending = new Set<Promise<void>>();
  const sources: PlaybackSources = {
    library: options.library,
    tones: options.tones,
    soundMissing: () => {
      counters.soundsMissing++;
    },
  };
  let recordingsBegun = 0;
  let recordings = 0;

  const digit = (leg: Leg, key: string) => emit({ type: 'digit', leg: leg.id, digit: key });

  function find(id: LegId): Leg | undefined {
    const leg = legs.get(id);
    if (!leg) counters.unknownLegs++;
    return leg;
  }

  /** Changes a leg, and begins to wait for its speech where that is expected from now on. */
  function change(leg: Leg, how: () => void): void {
    const before = shouldSpeak(leg);
    how();
    if (before || !shouldSpeak(leg)) return;
    leg.heardAt = now();
    leg.silenceTold = false;
  }

  /** Takes a leg off its partner, who stays `connected` in name and hears silence. */
  function separate(leg: Leg): void {
    const { partner } = leg;
    if (!partner) return;
    leg.partner = undefined;
    partner.partner = undefined;
  }

  function connect(leg: Leg, other: Leg): void {
    if (leg.partner === other) return;
    separate(leg);
    separate(other);
    const at = now();
    for (const [one, partner] of [
      [leg, other],
      [other, leg],
    ] as const) {
      change(one, () => {
        one.partner = partner;
        one.media = { type: 'connected', with: partner.id };
        one.playback = undefined;
        one.forwardedAt = at;
      });
    }
  }

  function setMedia(leg: Leg, media: LegMedia): void {
    const other = media.type === 'connected' && media.with !== leg.id ? find(media.with) : undefined;
    if (other) {
      connect(leg, other);
      return;
    }
    if (isDeepStrictEqual(leg.media, media) && !leg.playback?.over) return;
    separate(leg);
    change(leg, () => {
      leg.media = media;
      leg.playback = media.type === 'play' ? createPlayback(media.sounds) : undefined;
    });
  }

  function watch(leg: Leg, at: number): void {
    if (leg.silenceTold || at - leg.heardAt <= options.silentSeconds * 1000 || !shouldSpeak(leg)) return;
    leg.silenceTold = true;
    emit({ type: 'silent', leg: leg.id });
  }

  function tickLeg(leg: Leg, at: number): void {
    refill(leg);
    leg.recorder?.tick(at);
    if (!leg.remote || !leg.media) return;
    watch(leg, at);
    // Digits for a phone that is on hold wait until it hears again.
    const sendingDigit = mayHear(leg) && stepDigits(leg.digits) === 'event';
    if (sendingDigit) sendDigitPacket(leg, at, counters);
    if (leg.playback) {
      const over = stepPlayback(leg.playback, sources, leg.musicPositions, leg.frame);
      if (!sendingDigit) sendFrame(leg, leg.frame.sound, leg.frame.at, at, counters);
      if (over) emit({ type: 'playEnded', leg: leg.id });
    } else if (!sendingDigit && (!leg.partner || at - leg.forwardedAt > fillAfter)) {
      sendFrame(leg, silence, 0, at, counters);
    }
  }

  function startRecording(leg: Leg, path: string): void {
    if (leg.recorder?.path === path) return;
    stopRecording(leg);
    recordings++;
    recordingsBegun++;
    const recorder = createRecorder({
      path,
      openFile: options.openFile,
      startedAt: now(),
      phase: recordingsBegun,
      lost: samples => {
        counters.recordingSamplesLost += samples;
      },
      failed(milliseconds) {
        counters.recordingsFailed++;
        if (leg.recorder !== recorder) return; // being stopped: told when that is done
        leg.recorder = undefined;
        recordings--;
        emit({ type: 'recordingStopped', leg: leg.id, milliseconds });
      },
    });
    leg.recorder = recorder;
  }

  function stopRecording(leg: Leg): void {
    const { recorder } = leg;
    if (!recorder) return;
    leg.recorder = undefined;
    const end = recorder.stop(now()).then(milliseconds => {
      recordings--;
      ending.delete(end);
      emit({ type: 'recordingStopped', leg: leg.id, milliseconds });
    });
    ending.add(end);
  }

  return {
    open(id, pipe) {
      const leg = createLeg(id, pipe, options.random, now());
      legs.set(id, leg);
      pipe.onPacket = packet => receive(leg, packet, now(), counters, digit);
    },
    setRemote(id, remote) {
      const leg = find(id);
      if (!leg) return;
      leg.pipe.aim(remote.address, remote.port);
      change(leg, () => {
        leg.remote = remote;
      });
    },
    setMedia(id, media) {
      const leg = find(id);
      if (leg) setMedia(leg, media);
    },
    sendDigits(id, digits) {
      const leg = find(id);
      if (!leg) return;
      const taken = leg.remote?.telephoneEvent ?? null;
      counters.digitsRefused += taken === null ? digits.length : queueDigits(leg.digits, digits);
    },
    startRecording(id, path) {
      const leg = find(id);
      if (leg) startRecording(leg, path);
    },
    stopRecording(id) {
      const leg = find(id);
      if (leg) stopRecording(leg);
    },
    close(id) {
      const leg = find(id);
      if (!leg) return;
      separate(leg);
      stopRecording(leg);
      legs.delete(id);
    },
    tick(at) {
      for (const leg of legs.values()) tickLeg(leg, at);
    },
    get legs() {
      return legs.size;
    },
    get recordings() {
      return recordings;
    },
    async stop() {
      for (const leg of legs.values()) stopRecording(leg);
      await Promise.all(ending);
    },
  };
}
