/** What a measured process is told, and what it answers. */

/** One phone of the load: where it listens. */
export interface PhonePort {
  leg: string;
  port: number;
}

export type ToMeasured =
  | { type: 'begin'; calls: PhonePort[][]; how: How; recordingFolder: string }
  | { type: 'processor' }
  | { type: 'end' };

export type FromMeasured =
  /** where each phone sends to, in the order of `calls` */
  | { type: 'begun'; ports: number[][] }
  /** microseconds of processor time so far, all threads */
  | { type: 'processor'; microseconds: number }
  | { type: 'ended' };

/** What is done with the packets of a call. */
export interface How {
  media: 'connected' | 'whispered' | 'conference';
  /** the first leg of each call is recorded */
  recorded: boolean;
}
