import type { LegMedia } from '../control/protocol.ts';
import type { Direction } from '../sip/sdp/direction.ts';

export interface MediaEngine {
  open(leg: string): Promise<{ address: string; port: number }>;
  setRemote(leg: string, remote: RemoteMedia): void;
  setMedia(leg: string, media: LegMedia): void;
  sendDigits(leg: string, digits: string): void;
  startRecording(leg: string, path: string): void;
  stopRecording(leg: string): void;
  close(leg: string): void;
  onEvent(handler: (event: MediaEvent) => void): void;
  stop(): Promise<void>;
}

export interface RemoteMedia {
  address: string;
  port: number;
  payloadType: 0 | 8;
  telephoneEvent: number | null;
  direction: Direction;
}

export type MediaEvent =
  | { type: 'digit'; leg: string; digit: string }
  | { type: 'playEnded'; leg: string }
  | { type: 'silent'; leg: string }
  | { type: 'recordingStopped'; leg: string; milliseconds: number };
