import type { Counters } from './counters.ts';
import { FRAME, lawOf, PCMA, PCMU, toOtherLaw } from './g711.ts';
import { type Leg, mayHear } from './leg.ts';
import { joinOn, stepFrame, takeMarker } from './out-stream.ts';
import { HEADER, type RtpPacket, writeRtpHeader } from './rtp.ts';
import type { CodedSound } from './sound-library.ts';
import { eventDuration, isFirstOfEvent, writeEvent } from './telephone-event.ts';

/** Ways of a packet towards a phone; each returns without sending when the phone is held or not known yet. */

function transmit(leg: Leg, buffer: Buffer, at: number, length: number, counters: Counters): void {
  leg.pipe.send(buffer, at, length);
  counters.packetsSent++;
  counters.bytesSent += length;
}

/** 20 ms made here. */
export function sendFrame(leg: Leg, sound: CodedSound, at: number, now: number, counters: Counters): void {
  if (!leg.remote || !mayHear(leg)) return;
  const { said, sendBuffer } = leg;
  const { payloadType } = leg.remote;
  const law = lawOf(payloadType);
  sound[law].copy(sendBuffer, HEADER, at, at + FRAME);
  stepFrame(said, now, FRAME);
  writeRtpHeader(
    sendBuffer,
    0,
    payloadType,
    takeMarker(said, false),
    said.sequence,
    said.timestamp,
    said.ssrc,
  );
  leg.recorder?.put(1, sendBuffer, HEADER, HEADER + FRAME, law, said.timestamp, 0, now);
  transmit(leg, sendBuffer, 0, HEADER + FRAME, counters);
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
