import type { Counters } from './counters.ts';
import { FRAME, lawOf, PCMA, PCMU, toOtherLaw } from './g711.ts';
import { addCall, addWhispers } from './hearing.ts';
import { type Leg, mayHear } from './leg.ts';
import { addSound, encodeSum, type Sum } from './mixing.ts';
import { joinOn, stepFrame, takeMarker } from './out-stream.ts';
import { HEADER, type RtpPacket, writeRtpHeader } from './rtp.ts';
import type { CodedSound } from './sound-library.ts';
import { eventDuration, isFirstOfEvent, writeEvent } from './telephone-event.ts';

/** Ways of a packet towards a phone; each returns without sending when the phone is held or not known yet. */

function transmit(leg: Leg, buffer: Buffer, at: number, length: number, counters: Counters): void {
  leg.pipe.send(buffer, at, length);
  leg.said.packets++;
  leg.said.octets += length - HEADER;
  counters.packetsSent++;
  counters.bytesSent += length;
}

/** 20 ms made here. */
export function sendFrame(leg: Leg, sound: CodedSound, at: number, now: number, counters: Counters): void {
  if (!leg.remote || !mayHear(leg)) return;
  sound[lawOf(leg.remote.payloadType)].copy(leg.sendBuffer, HEADER, at, at + FRAME);
  beginFrame(leg, leg.remote.payloadType, now);
  transmit(leg, leg.sendBuffer, 0, HEADER + FRAME, counters);
}

/** Numbers the frame that lies in the send buffer, and records it as heard. */
function beginFrame(leg: Leg, payloadType: number, now: number): void {
  const { said, sendBuffer } = leg;
  stepFrame(said, now, FRAME);
  const marker = takeMarker(said, false);
  writeRtpHeader(sendBuffer, 0, payloadType, marker, said.sequence, said.timestamp, said.ssrc);
  const law = lawOf(payloadType);
  leg.recorder?.put(1, sendBuffer, HEADER, HEADER + FRAME, law, said.timestamp, 0, now);
}

/**
 * 20 ms summed up of everything that the leg hears. Whispers are added when the frame has been recorded: the recording is of the call,
 * and may be given to those who should not know of them. `sum` is scratch.
 */
export function sendMixed(leg: Leg, sum: Sum, now: number, counters: Counters): void {
  if (!leg.remote || !mayHear(leg)) return;
  const law = lawOf(leg.remote.payloadType);
  sum.fill(0);
  addCall(sum, leg);
  if (leg.announcements) addSound(sum, leg.announced.sound, leg.announced.at);
  encodeSum(sum, law, leg.sendBuffer, HEADER);
  beginFrame(leg, leg.remote.payloadType, now);
  if (leg.whisperers.length > 0) {
    addWhispers(sum, leg);
    encodeSum(sum, law, leg.sendBuffer, HEADER);
  }
  transmit(leg, leg.sendBuffer, 0, HEADER + FRAME, counters);
}

/** The packet of this tick of the digit being sent. All packets of an event carry the time of its beginning. */
export function sendDigitPacket(leg: Leg, now: number, counters: Counters): void {
  const payloadType = leg.remote?.telephoneEvent;
  if (payloadType === null || payloadType === undefined || !mayHear(leg)) return;
  const { said, sendBuffer, digits } = leg;
  const first = isFirstOfEvent(digits);
  if (first) {
    stepFrame(said, now, FRAME);
  } else {
    said.sequence = (said.sequence + 1) & 0xffff;
    said.duration = eventDuration(digits);
  }
  writeEvent(digits, sendBuffer, HEADER);
  writeRtpHeader(sendBuffer, 0, payloadType, first, said.sequence, said.timestamp, said.ssrc);
  said.markNext = true;
  transmit(leg, sendBuffer, 0, HEADER + 4, counters);
}

/**
 * Another phone's packet, as it came, with this leg's numbers: no jitter buffer, no delay, no copy. False: it could not be heard.
 */
export function forward(
  from: Leg,
  to: Leg,
  packet: Buffer,
  header: RtpPacket,
  now: number,
  counters: Counters,
): boolean {
  if (!to.remote || !mayHear(to) || to.digits.phase === 'event') return false;
  const speech = header.payloadType === PCMU || header.payloadType === PCMA;
  const payloadType = speech ? to.remote.payloadType : to.remote.telephoneEvent;
  if (payloadType === null) return false;
  const length = header.end - header.start;
  const duration = speech ? length : packet.readUInt16BE(header.start + 2);
  if (!joinOn(to.said, header, from.heard, from.heard.generation, now, duration)) {
    counters.dropped.stale++;
    return true;
  }
  if (speech && header.payloadType !== payloadType) {
    const table = toOtherLaw[lawOf(header.payloadType)];
    for (let i = header.start; i < header.end; i++) packet[i] = table[packet[i] as number] as number;
  }
  const at = header.start - HEADER;
  const marker = takeMarker(to.said, header.marker);
  writeRtpHeader(packet, at, payloadType, marker, header.sequence, header.timestamp, to.said.ssrc);
  if (speech && to.recorder) {
    to.recorder.put(1, packet, header.start, header.end, lawOf(payloadType), header.timestamp, 0, now);
  }
  to.forwardedAt = now;
  transmit(to, packet, at, HEADER + length, counters);
  return true;
}
