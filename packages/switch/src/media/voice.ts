import { FRAME, type Law, toLinear } from './g711.ts';
import { type RtpPacket, timestampAfter } from './rtp.ts';

/**
 * What one phone says, in linear frames of 20 ms at the exchange's tick, for whoever hears it mixed with others. Packets of any length
 * are laid into a ring by their RTP time; the reader goes behind them at a distance that grows when packets come too late and shrinks
 * when they never do, which also takes up the difference between the phone's clock and ours.
 */
export interface Voice {
  /** of the last tick, where `present` */
  readonly frame: Int16Array;
  /** something came for that frame; otherwise the phone was silent */
  present: boolean;
  readonly ring: Int16Array;
  /** the sample that the next frame begins with */
  next: number;
  /** behind the newest sample that came */
  end: number;
  /** where a timestamp of the stream belongs */
  generation: number;
  anchorTimestamp: number;
  anchorPosition: number;
  /** by how many samples packets were ahead of the reader, at least, and how many packets that was looked at for */
  leastAhead: number;
  packets: number;
}

const ringLength = 4096;
const mask = ringLength - 1;
/** A stream begins so many samples ahead of the reader: with the tick's own 0 to 20 ms the delay is 20 to 40 ms. */
const reserve = FRAME;
/** Further ahead is no jitter but a burst after a stall: what is older is not heard any more. 200 ms. */
const maximumAhead = 1600;
/** Packets after which an unused distance is given up, all at once: 1 s. */
const period = 50;

export const createVoice = (): Voice => ({
  frame: new Int16Array(FRAME),
  present: false,
  ring: new Int16Array(ringLength),
  next: 0,
  end: 0,
  generation: -1,
  anchorTimestamp: 0,
  anchorPosition: 0,
  leastAhead: Number.POSITIVE_INFINITY,
  packets: 0,
});

/**
 * Lays a packet of speech into the ring. `generation` changes when the timestamps begin anew; a packet that was `overtaken` by a later
 * one says nothing about the delay.
 */
export function putVoice(
  voice: Voice,
  packet: Buffer,
  header: RtpPacket,
  law: Law,
  generation: number,
  overtaken: boolean,
): void {
  const length = header.end - header.start;
  const position = place(voice, header.timestamp, generation, overtaken);
  if (position === undefined) return;
  const table = toLinear[law];
  for (let i = Math.max(0, voice.next - position); i < length; i++) {
    voice.ring[(position + i) & mask] = table[packet[header.start + i] as number] as number;
  }
  voice.end = Math.max(voice.end, position + length);
}

function place(voice: Voice, timestamp: number, generation: number, overtaken: boolean): number | undefined {
  const position = voice.anchorPosition + timestampAfter(timestamp, voice.anchorTimestamp);
  const ahead = position - voice.next;
  const known = generation === voice.generation && ahead <= maximumAhead;
  if (overtaken) return known ? position : undefined;
  if (known && ahead >= 0) {
    noteDistance(voice, ahead);
    return position;
  }
  voice.ring.fill(0);
  voice.generation = generation;
  voice.anchorTimestamp = timestamp;
  voice.anchorPosition = voice.next + reserve;
  voice.end = voice.next;
  startPeriod(voice);
  return voice.anchorPosition;
}

function startPeriod(voice: Voice): void {
  voice.leastAhead = Number.POSITIVE_INFINITY;
  voice.packets = 0;
}

function noteDistance(voice: Voice, ahead: number): void {
  voice.leastAhead = Math.min(voice.leastAhead, ahead);
  if (++voice.packets < period) return;
  for (let unused = voice.leastAhead; unused > 2 * reserve; unused -= FRAME) stepVoice(voice);
  startPeriod(voice);
}

/** Takes the next 20 ms out. */
export function stepVoice(voice: Voice): void {
  voice.present = voice.end > voice.next;
  if (voice.present) {
    const { frame, ring } = voice;
    for (let i = 0; i < FRAME; i++) {
      const at = (voice.next + i) & mask;
      frame[i] = ring[at] as number;
      ring[at] = 0;
    }
  }
  voice.next += FRAME;
}
