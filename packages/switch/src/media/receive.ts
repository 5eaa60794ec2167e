import type { Counters, DropReason } from './counters.ts';
import { lawOf, PCMA, PCMU } from './g711.ts';
import { hearsAlone } from './hearing.ts';
import { arrived } from './in-stream.ts';
import { type Leg, mayHear, maySpeak, packetBurst } from './leg.ts';
import { noteReception } from './reception.ts';
import { type RtpPacket, readRtp } from './rtp.ts';
import { forward } from './send.ts';
import { keyPressed, queueDigits } from './telephone-event.ts';
import { putVoice } from './voice.ts';

/** Packets that a phone may send in 20 ms: phones send one, or two of 10 ms. */
const packetsEachTick = 4;

/** Gives the leg its share of packets for the coming tick. */
export function refill(leg: Leg): void {
  leg.credit = Math.min(packetBurst, leg.credit + packetsEachTick);
}

/** Why a packet goes no further than this leg, where it can be seen from the packet and what was agreed. */
function fault(leg: Leg, packet: Buffer, header: RtpPacket): DropReason | undefined {
  const unreadable = readRtp(packet, header);
  if (unreadable) return unreadable;
  const speech = isSpeech(header);
  if (!speech && header.payloadType !== leg.remote?.telephoneEvent) return 'payloadType';
  if (!speech && header.end - header.start < 4) return 'malformed';
  if (!maySpeak(leg)) return 'direction';
  return leg.credit <= 0 ? 'flood' : undefined;
}

const isSpeech = (header: RtpPacket): boolean => header.payloadType === PCMU || header.payloadType === PCMA;

/** A packet from the leg's phone: into the recording, told when it is a digit, on to the partner, into what others hear mixed. */
export function receive(
  leg: Leg,
  packet: Buffer,
  now: number,
  counters: Counters,
  digit: (leg: Leg, digit: string) => void,
): void {
  const { dropped } = counters;
  const header = leg.packet;
  const reason = fault(leg, packet, header);
  if (reason) {
    dropped[reason]++;
    return;
  }
  leg.credit--;
  const arrival = arrived(leg.heard, header);
  if (arrival === 'probation') {
    dropped.probation++;
    return;
  }
  if (arrival === 'late') counters.packetsLate++;
  noteReception(leg.reception, leg.heard, header, arrival, isSpeech(header), now);
  leg.heardAt = now;
  leg.silenceTold = false;
  const { partner } = leg;
  const forwarded = partner !== undefined && !hearsAlone(partner);
  let heard = false;
  if (isSpeech(header)) {
    heard = takeSpeech(leg, packet, header, arrival === 'late', now);
  } else {
    const key = keyPressed(leg.events, header, packet, leg.heard.generation);
    if (key) digit(leg, key);
    // The packets of an event cannot go between frames of another stream: the digit is sent anew.
    if (key && partner && !forwarded) heard = repeatDigit(partner, key, counters);
  }
  if (forwarded) heard = forward(leg, partner, packet, header, now, counters) || heard;
  if (!heard) dropped.unheard++;
}

/** Lays the speech where it is recorded and mixed; true: somebody hears it mixed. */
function takeSpeech(leg: Leg, packet: Buffer, header: RtpPacket, overtaken: boolean, now: number): boolean {
  const { start, end, timestamp } = header;
  const { generation } = leg.heard;
  const law = lawOf(header.payloadType);
  leg.recorder?.put(0, packet, start, end, law, timestamp, generation, now);
  if (!leg.voice) return false;
  putVoice(leg.voice, packet, header, law, generation, overtaken);
  return true;
}

function repeatDigit(to: Leg, key: string, counters: Counters): boolean {
  const taken = to.remote?.telephoneEvent ?? null;
  if (taken === null || !mayHear(to)) return false;
  counters.digitsRefused += queueDigits(to.digits, key);
  return true;
}
