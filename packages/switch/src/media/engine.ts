import type { LegId, LegMedia } from '../control/protocol.ts';
import type { MediaStats } from './counters.ts';
import type { SecurePeer, SecureTransport } from './secure-transport.ts';

/**
 * Which way speech goes, as our own description says it (RFC 3264 §5.1): with `sendonly` or `inactive` the phone does not send to us,
 * with `recvonly` or `inactive` nothing is sent to the phone.
 */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** Where and how a phone wants its speech: what offer and answer agreed. */
export interface RemoteMedia {
  /** an IP address of our own one's family; only packets from this very address are taken */
  address: string;
  /** the phone's RTP port; another one at the same address is believed once, for phones behind address translation */
  port: number;
  /** PCMU or PCMA, RFC 3551 §6 */
  payloadType: 0 | 8;
  /** payload type of telephone-event/8000; null: the phone takes no digits */
  telephoneEvent: number | null;
  direction: MediaDirection;
  /** of a browser: where and who it is; then address and port mean nothing */
  secure?: SecurePeer;
}

export type MediaEvent =
  /** one digit that the phone sent, however many packets it took */
  | { type: 'digit'; leg: LegId; digit: string }
  /** the last sound of a `play` is over and was not endless */
  | { type: 'playEnded'; leg: LegId; name?: string }
  /** nothing came for `silentSeconds` from a phone that agreed to `sendrecv`; once until it speaks again */
  | { type: 'silent'; leg: LegId }
  /** of a leg that was closed: how many packets came and how many did not, and the jitter at its end, ms (RFC 3550 §6.4.1) */
  | { type: 'reception'; leg: LegId; received: number; lost: number; jitter: number }
  /** the file is complete, or the disk refused: then at once, with what is in it; `milliseconds` is 0 where it could not be made */
  | { type: 'recordingStopped'; leg: LegId; milliseconds: number; failed?: true };

export interface MediaEngineOptions {
  /** IP address that the RTP sockets are bound to, and that `open` names */
  address: string;
  /** even ports from `from` to `to` are used (RFC 3550 §11); absent: free ports of the system */
  ports?: { from: number; to: number };
  /** bound sockets kept ready so that `open` need not wait; 64 */
  warmSockets?: number;
  /** absolute path of the sounds: NAME.wav or NAME.ulaw, and music-CLASS.wav */
  soundFolder: string;
  /** seconds without RTP until `silent`; 30 */
  silentSeconds?: number;
  /** legs of browsers are possible, where the library for them is installed; false */
  browsers?: boolean;
}

/** Where a leg's media come in. */
export interface OpenedMedia {
  address: string;
  port: number;
  /** for a browser */
  secure?: SecureTransport;
}

/**
 * The media of all legs, in a thread of its own. A leg is opened, told where its phone is, and given a target state; only `open`,
 * `stats` and `stop` answer. What is asked for a leg that is not open has no effect and is counted.
 */
export interface MediaEngine {
  /** Address and port for our description; of an open leg the same again. Rejects with `NoPortFree` where all are taken. */
  open(leg: LegId): OpenedMedia | Promise<OpenedMedia>;
  /** The same for a leg whose phone is a browser. Rejects with `NoBrowsers` where there can be none. */
  openSecure(leg: LegId): OpenedMedia | Promise<OpenedMedia>;
  /** Another way for the open leg of a browser, in place of the one it has: ICE restart. Undefined: none is ready at this moment. */
  renewSecure(leg: LegId): OpenedMedia | undefined;
  setRemote(leg: LegId, remote: RemoteMedia): void;
  /**
   * `connected` connects both legs; a former partner of either hears silence from then on. What a leg already has is not begun again,
   * but a `play` that is over is played again. A leg is watched for silence from its first media on.
   */
  setMedia(leg: LegId, media: LegMedia): void;
  /** The call is answered: its silence counts from now, however long the phone was silent before. */
  awaitSpeech(leg: LegId): void;
  /** RFC 4733 events behind those still being sent; 0-9 * # A-D, comma: 500 ms of pause; at most 64 waiting, the rest is counted */
  sendDigits(leg: LegId, digits: string): void;
  /** Once, over what the leg hears, for its person alone: a file of the sound folder. At most 8 wait for each other, the rest is counted. */
  announce(leg: LegId, sound: string): void;
  /** A new file with mode 0600; one that exists is not touched. A recording that runs already is stopped first. */
  startRecording(leg: LegId, path: string): void;
  /** What is said and heard while it is paused is not in the file, nor is the time. Without a recording: no effect. */
  pauseRecording(leg: LegId, on: boolean): void;
  stopRecording(leg: LegId): void;
  /** Ends the recording too: its `recordingStopped` comes afterwards. An `open` that still waits is rejected. */
  close(leg: LegId): void;
  onEvent(handler: (event: MediaEvent) => void): void;
  /** Called once when the thread died by itself: no leg has media any more. */
  onFailure(handler: (error: Error) => void): void;
  stats(): Promise<MediaStats>;
  /** Finishes recordings, then ends the thread. */
  stop(): Promise<void>;
}

/** The library that speaks with browsers is not installed, or browsers were not asked for. */
export class NoBrowsers extends Error {
  constructor(why: string) {
    super(`browser phones cannot be used: ${why}`);
    this.name = 'NoBrowsers';
  }
}

export class NoPortFree extends Error {
  constructor() {
    super('no RTP port is free');
    this.name = 'NoPortFree';
  }
}
