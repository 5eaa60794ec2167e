import { isDeepStrictEqual } from 'node:util';
import type { LegId, LegMedia } from '../control/protocol.ts';
import { announce, stepAnnouncements } from './announcements.ts';
import { createConferences } from './conferences.ts';
import type { Counters } from './counters.ts';
import type { MediaEvent, RemoteMedia } from './engine.ts';
import { hearsAlone, isMixed } from './hearing.ts';
import { createLeg, type Leg, mayHear, shouldSpeak } from './leg.ts';
import { stepVoiceOf } from './listening.ts';
import { createSum } from './mixing.ts';
import type { MediaPipe } from './pipe.ts';
import { createPlayback, type PlaybackSources, stepPlayback } from './playback.ts';
import { receive, refill } from './receive.ts';
import { jitterMilliseconds, lostOf } from './reception.ts';
import type { RecordingFile } from './recorder.ts';
import { createRecordings } from './recordings.ts';
import { report } from './rtcp.ts';
import { sendDigitPacket, sendFrame, sendMixed } from './send.ts';
import { type CodedSound, type SoundLibrary, silence } from './sound-library.ts';
import { queueDigits, stepDigits } from './telephone-event.ts';
import type { ToneName } from './tones.ts';

/** All legs, without thread, socket or timer: packets come from the pipes, time from `now` and `tick`. */
export interface Exchange {
  open(leg: LegId, pipe: MediaPipe): void;
  setRemote(leg: LegId, remote: RemoteMedia): void;
  setMedia(leg: LegId, media: LegMedia): void;
  /** its silence counts from now */
  awaitSpeech(leg: LegId): void;
  sendDigits(leg: LegId, digits: string): void;
  announce(leg: LegId, sound: string): void;
  startRecording(leg: LegId, path: string): void;
  pauseRecording(leg: LegId, on: boolean): void;
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

/**
 * A leg that hears nobody is sent a packet of silence so often, ms: enough to keep the way to it open (RFC 6263) and to show that the call
 * lives. Fifty a second would cost as much as speech.
 */
const fillAfter = 200;

const nameOfPlay = (media: LegMedia): { name?: string } =>
  media.type === 'play' && media.name !== undefined ? { name: media.name } : {};

export function createExchange(options: ExchangeOptions): Exchange {
  const { emit, now, counters } = options;
  const legs = new Map<LegId, Leg>();
  const conferences = createConferences();
  /** legs whose media is `monitor` */
  const monitors = new Set<Leg>();
  const recordings = createRecordings(options);
  const sum = createSum();
  const sources: PlaybackSources = {
    library: options.library,
    tones: options.tones,
    soundMissing: () => {
      counters.soundsMissing++;
    },
  };

  const digit = (leg: Leg, key: string) => emit({ type: 'digit', leg: leg.id, digit: key });

  function find(id: LegId): Leg | undefined {
    const leg = legs.get(id);
    if (!leg) counters.unknownLegs++;
    return leg;
  }

  function awaitSpeech(leg: Leg): void {
    leg.heardAt = now();
    leg.silenceTold = false;
  }

  /** Changes a leg, and begins to wait for its speech where that is expected from now on. */
  function change(leg: Leg, how: () => void): void {
    const before = shouldSpeak(leg);
    how();
    if (!before && shouldSpeak(leg)) awaitSpeech(leg);
  }

  /** Takes a leg out of what it took part in. A partner stays `connected` in name and hears silence. */
  function separate(leg: Leg): void {
    conferences.leave(leg);
    monitors.delete(leg);
    leg.monitored = undefined;
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
    if (media.type === 'conference') conferences.join(leg, media.name);
    if (media.type === 'monitor') {
      find(media.of);
      monitors.add(leg);
    }
  }

  function watch(leg: Leg, at: number): void {
    if (leg.silenceTold || at - leg.heardAt <= options.silentSeconds * 1000 || !shouldSpeak(leg)) return;
    leg.silenceTold = true;
    emit({ type: 'silent', leg: leg.id });
  }

  /** What the leg has for this tick: what its phone says, and what is played to it. */
  function prepare(leg: Leg, at: number): void {
    refill(leg);
    leg.recorder?.tick(at);
    stepVoiceOf(leg);
    leg.whisperers.length = 0;
    if (!leg.remote || !leg.media) return;
    watch(leg, at);
    report(leg, at, options.random);
    stepAnnouncements(leg, sources);
    if (!leg.playback) return;
    if (stepPlayback(leg.playback, sources, leg.musicPositions, leg.frame)) {
      emit({ type: 'playEnded', leg: leg.id, ...nameOfPlay(leg.media) });
    }
  }

  /** Finds whom the monitors hear and whisper to. By name at each tick: either of the two may have gone or come since. */
  function findMonitored(): void {
    for (const monitor of monitors) {
      if (monitor.media?.type !== 'monitor') continue;
      const { of, whisper } = monitor.media;
      monitor.monitored = of === monitor.id ? undefined : legs.get(of);
      if (whisper) monitor.monitored?.whisperers.push(monitor);
    }
  }

  function speakTo(leg: Leg, at: number): void {
    if (!leg.remote || !leg.media) return;
    // Digits for a phone that is on hold wait until it hears again.
    if (mayHear(leg) && stepDigits(leg.digits) === 'event') {
      sendDigitPacket(leg, at, counters);
    } else if (isMixed(leg)) {
      sendMixed(leg, sum, at, counters);
    } else if (leg.playback) {
      sendFrame(leg, leg.frame.sound, leg.frame.at, at, counters);
    } else if (at - Math.max(leg.forwardedAt, leg.filledAt) > fillAfter) {
      leg.filledAt = at;
      sendFrame(leg, silence, 0, at, counters);
    }
    // The partner's next packet follows without a frame of silence before it.
    if (leg.partner && hearsAlone(leg)) leg.forwardedAt = at;
  }

  function tellReception({ id, reception }: Leg): void {
    const { received } = reception;
    if (received === 0) return;
    const jitter = jitterMilliseconds(reception);
    emit({ type: 'reception', leg: id, received, lost: lostOf(reception), jitter });
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
    awaitSpeech(id) {
      const leg = find(id);
      if (leg) awaitSpeech(leg);
    },
    sendDigits(id, digits) {
      const leg = find(id);
      if (!leg) return;
      const taken = leg.remote?.telephoneEvent ?? null;
      counters.digitsRefused += taken === null ? digits.length : queueDigits(leg.digits, digits);
    },
    announce(id, sound) {
      const leg = find(id);
      if (leg) announce(leg, sound, counters);
    },
    startRecording(id, path) {
      const leg = find(id);
      if (leg) recordings.start(leg, path);
    },
    pauseRecording(id, on) {
      const leg = find(id);
      if (leg) recordings.pause(leg, on);
    },
    stopRecording(id) {
      const leg = find(id);
      if (leg) recordings.stop(leg);
    },
    close(id) {
      const leg = find(id);
      if (!leg) return;
      separate(leg);
      recordings.stop(leg);
      legs.delete(id);
      tellReception(leg);
    },
    tick(at) {
      for (const leg of legs.values()) prepare(leg, at);
      findMonitored();
      conferences.sumUp();
      for (const leg of legs.values()) speakTo(leg, at);
    },
    get legs() {
      return legs.size;
    },
    get recordings() {
      return recordings.size;
    },
    async stop() {
      for (const leg of legs.values()) recordings.stop(leg);
      await recordings.completed();
    },
  };
}
