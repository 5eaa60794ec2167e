import { FRAME } from './g711.ts';
import { type RtpPacket, timestampAfter } from './rtp.ts';

/** RFC 4733 §3.2: the event codes of the sixteen keys are their places in this line. */
export const keys = '0123456789*#ABCD';

/** Volume of sent events, -dBm0 (RFC 4733 §2.3.4). */
const volume = 10;

/** Finds each key press once, whatever number of packets tells of it. */
export interface EventReceiver {
  ssrcGeneration: number;
  started: boolean;
  timestamp: number;
  duration: number;
  code: number;
}

export const createEventReceiver = (): EventReceiver => ({
  ssrcGeneration: -1,
  started: false,
  timestamp: 0,
  duration: 0,
  code: -1,
});

/**
 * The key of an event that had not been seen, else undefined. An event is its timestamp (§2.2.2): its updates, its end and the end's
 * repetitions carry the same one. It is told at its first packet: nothing is lost with the end packets, and the caller is not kept waiting.
 */
export function keyPressed(
  receiver: EventReceiver,
  packet: RtpPacket,
  content: Buffer,
  generation: number,
): string | undefined {
  if (packet.end - packet.start < 4) return undefined;
  const code = content[packet.start] as number;
  const duration = content.readUInt16BE(packet.start + 2);
  if (receiver.started && receiver.ssrcGeneration === generation) {
    const after = timestampAfter(packet.timestamp, receiver.timestamp);
    if (after < 0) return undefined;
    if (after === 0) {
      receiver.duration = Math.max(receiver.duration, duration);
      return undefined;
    }
    // §2.5.1.3: an event longer than 65535 goes on in a new segment, without the marker bit
    const segment =
      !packet.marker && code === receiver.code && after === receiver.duration && after === 0xffff;
    receiver.timestamp = packet.timestamp;
    receiver.duration = duration;
    if (segment) return undefined;
  }
  receiver.started = true;
  receiver.ssrcGeneration = generation;
  receiver.timestamp = packet.timestamp;
  receiver.duration = duration;
  receiver.code = code;
  return keys[code];
}

/**
 *   idle --next digit--> event (5 ticks; 2 more repeat the end) --> gap (3 ticks) --> idle
 *   idle --next is a comma--> pause (25 ticks) --> idle
 *
 * During an event nothing else is sent to the phone; during gap and pause the speech goes on.
 */
export interface DigitSender {
  queue: string[];
  phase: 'idle' | 'event' | 'gap' | 'pause';
  ticks: number;
  code: number;
}

const eventTicks = 5;
/** §2.5.1.4: the end is sent three times, at the interval of the updates. */
const endRepetitions = 2;
const gapTicks = 3;
const pauseTicks = 25;
const maximumQueue = 64;

export const createDigitSender = (): DigitSender => ({ queue: [], phase: 'idle', ticks: 0, code: 0 });

/** Queues what can be sent; says how many characters were refused. */
export function queueDigits(sender: DigitSender, digits: string): number {
  let taken = 0;
  for (const character of digits.slice(0, maximumQueue).toUpperCase()) {
    if (sender.queue.length >= maximumQueue) break;
    if (character !== ',' && !keys.includes(character)) continue;
    sender.queue.push(character);
    taken++;
  }
  return digits.length - taken;
}

export type DigitStep =
  | 'none'
  /** the event's `ticks`-th packet; the first opens a new timestamp */
  | 'event';

/** Goes on by one tick of 20 ms. */
export function stepDigits(sender: DigitSender): DigitStep {
  if (sender.phase === 'idle') {
    const next = sender.queue.shift();
    if (next === undefined) return 'none';
    sender.ticks = 0;
    sender.phase = next === ',' ? 'pause' : 'event';
    sender.code = keys.indexOf(next);
  }
  sender.ticks++;
  if (sender.phase === 'event') {
    if (sender.ticks > eventTicks + endRepetitions) {
      sender.phase = 'gap';
      sender.ticks = 1;
      return 'none';
    }
    return 'event';
  }
  if (sender.ticks >= (sender.phase === 'gap' ? gapTicks : pauseTicks)) sender.phase = 'idle';
  return 'none';
}

export const isFirstOfEvent = (sender: DigitSender): boolean => sender.ticks === 1;
/** Samples of the event so far; its whole length is 100 ms. */
export const eventDuration = (sender: DigitSender): number => Math.min(sender.ticks, eventTicks) * FRAME;

/** Writes the four bytes of an event payload, §2.3. */
export function writeEvent(sender: DigitSender, into: Buffer, at: number): void {
  into[at] = sender.code;
  into[at + 1] = (sender.ticks >= eventTicks ? 0x80 : 0) | volume;
  into.writeUInt16BE(eventDuration(sender), at + 2);
}
