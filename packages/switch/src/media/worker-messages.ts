import type { LegId, LegMedia } from '../control/protocol.ts';
import type { MediaStats } from './counters.ts';
import type { MediaEvent, RemoteMedia } from './engine.ts';

/** From the engine's face to its thread, several at once in order. Never one per packet. */
export type ToWorker =
  /** the leg has taken a socket that the thread had offered */
  | { type: 'open'; leg: LegId; port: number }
  /** somebody waits for a socket */
  | { type: 'wanted' }
  | { type: 'setRemote'; leg: LegId; remote: RemoteMedia }
  | { type: 'setMedia'; leg: LegId; media: LegMedia }
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
  | { type: 'event'; event: MediaEvent }
  | { type: 'stats'; id: number; stats: MediaStats };
