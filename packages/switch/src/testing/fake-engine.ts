import type { LegMedia } from '../control/protocol.ts';
import type { MediaEngine, MediaEvent, RemoteMedia } from '../media/engine.ts';
import type { SecureTransport } from '../media/secure-transport.ts';

/** A media engine without sound that remembers what it was told. */
export interface FakeEngine extends MediaEngine {
  readonly legs: Map<string, FakeLeg>;
  emit(event: MediaEvent): void;
  fail(error: Error): void;
}

export interface FakeLeg {
  port: number;
  remote: RemoteMedia | undefined;
  media: LegMedia | undefined;
  digits: string;
  announced: string[];
  recording: string | undefined;
  recordingPaused: boolean;
  /** it was told that the call is answered */
  speechAwaited: boolean;
}

export function createFakeEngine(): FakeEngine {
  const legs = new Map<string, FakeLeg>();
  const handlers: ((event: MediaEvent) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  let nextPort = 40_000;
  let transports = 0;

  function emit(event: MediaEvent): void {
    for (const handler of handlers) handler(event);
  }

  function change(leg: string, edit: (known: FakeLeg) => void): void {
    const known = legs.get(leg);
    if (known !== undefined) edit(known);
  }

  function add(leg: string): number {
    const port = nextPort;
    nextPort += 2;
    legs.set(leg, {
      port,
      remote: undefined,
      media: undefined,
      digits: '',
      announced: [],
      recording: undefined,
      recordingPaused: false,
      speechAwaited: false,
    });
    return port;
  }

  function stopRecording(leg: string): void {
    change(leg, known => {
      if (known.recording === undefined) return;
      known.recording = undefined;
      emit({ type: 'recordingStopped', leg, milliseconds: 1_234 });
    });
  }

  return {
    legs,
    emit,
    fail(error) {
      for (const handler of failures) handler(error);
    },
    async open(leg) {
      return { address: '127.0.0.1', port: add(leg) };
    },
    async openSecure(leg) {
      return { address: '127.0.0.1', port: add(leg), secure: fakeTransport(++transports) };
    },
    renewSecure: () => ({
      address: '127.0.0.1',
      port: 50_000 + transports,
      secure: fakeTransport(++transports),
    }),
    setRemote: (leg, remote) =>
      change(leg, known => {
        known.remote = remote;
      }),
    setMedia: (leg, media) =>
      change(leg, known => {
        known.media = media;
      }),
    awaitSpeech: leg =>
      change(leg, known => {
        known.speechAwaited = true;
      }),
    sendDigits: (leg, digits) =>
      change(leg, known => {
        known.digits += digits;
      }),
    announce: (leg, sound) => change(leg, known => void known.announced.push(sound)),
    startRecording: (leg, path) =>
      change(leg, known => {
        known.recording = path;
        known.recordingPaused = false;
      }),
    pauseRecording: (leg, on) =>
      change(leg, known => {
        known.recordingPaused = on;
      }),
    stopRecording,
    close(leg) {
      stopRecording(leg);
      legs.delete(leg);
    },
    onEvent: handler => void handlers.push(handler),
    onFailure: handler => void failures.push(handler),
    stats: () => Promise.reject(new Error('a fake engine counts nothing')),
    async stop() {},
  };
}

/** Our side of a way to a browser; the number tells one from another. */
export function fakeTransport(number: number): SecureTransport {
  const hex = number.toString(16).toUpperCase().padStart(2, '0');
  return {
    userFragment: `ours${number}`,
    password: `passwordOfTransportNumber${number}`,
    fingerprint: Array.from({ length: 32 }, () => hex).join(':'),
    candidates: [`1 1 UDP 2114977791 127.0.0.1 ${50_000 + number} typ host`],
  };
}
