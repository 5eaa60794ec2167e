import type { LegId, LegMedia } from '../control/protocol.ts';
import type { MediaStats } from './counters.ts';
import type { MediaEvent, RemoteMedia } from './engine.ts';
import type { SecureTransport } from './secure-transport.ts';

/** A prepared way to a browser that may be taken. */
export interface OfferedTransport {
  id: number;
  port: number;
  secure: SecureTransport;
}

/** From the engine's face to its thread, several at once in order. Never one per packet. */
export type ToWorker =
  /** the leg has taken a socket that the thread had offered */
  | { type: 'open'; leg: LegId; port: number }
  /** the leg has taken a prepared way that the thread had offered: its first, or another in place of it */
  | { type: 'openSecure' | 'renewSecure'; leg: LegId; id: number }
  /** somebody waits for a socket */
  | { type: 'wanted' }
  | { type: 'setRemote'; leg: LegId; remote: RemoteMedia }
  | { type: 'setMedia'; leg: LegId; media: LegMedia }
  | { type: 'awaitSpeech'; leg: LegId }
  | { type: 'sendDigits'; leg: LegId; digits: string }
  | { type: 'announce'; leg: LegId; sound: string }
  | { type: 'startRecording'; leg: LegId; path: string }
  | { type: 'pauseRecording'; leg: LegId; on: boolean }
  | { type: 'stopRecording'; leg: LegId }
  | { type: 'close'; leg: LegId }
  | { type: 'stats'; id: number }
  | { type: 'stop' };

export type ToEngine =
  /** bound sockets that may be taken */
  | { type: 'ports'; ports: number[] }
  | { type: 'noPort' }
  | { type: 'secure'; transport: OfferedTransport }
  /** there is no library for browsers here */
  | { type: 'noSecure'; why: string }
  | { type: 'event'; event: MediaEvent }
  | { type: 'stats'; id: number; stats: MediaStats };
