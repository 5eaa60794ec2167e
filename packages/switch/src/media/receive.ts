import type { Counters } from './counters.ts';
import { lawOf, PCMA, PCMU } from './g711.ts';
import { arrived } from './in-stream.ts';
import { type Leg, maySpeak, packetBurst } from './leg.ts';
import { readRtp } from './rtp.ts';
import { forward } from './send.ts';
import { keyPressed } from './telephone-event.ts';

/** Packets that a phone may send in 20 ms: phones send one, or two of 10 ms. */
const packetsEachTick = 4;

/** Gives the leg its share of packets for the coming tick. */
export function refill(leg: Leg): void {
  leg.credit = Math.min(packetBurst, leg.credit + packetsEachTick);
}

/** A packet from the leg's phone: into the recording, told when it is a digit, and on to the partner. */
export function receive(
  leg: Leg,
  packet: Buffer,
  now: number,
  counters: Counters,
  digit: (leg: Leg, digit: string) => void,
): void {
  const { dropped } = counters;
  const header = leg.packet;
  const fault = readRtp(packet, header);
  if (fault) {
    dropped[fault]++;
    return;
  }
  const speech = header.payloadType === PCMU || header.payloadType === PCMA;
  if (!speech && header.payloadType !== leg.remote?.telephoneEvent) {
    dropped.payloadType++;
    return;
  }
  if (!speech && header.end - header.start < 4) {
    dropped.malformed++;
    return;
  }
  if (!maySpeak(leg)) {
    dropped.direction++;
    return;
  }
  if (leg.credit <= 0) {
    dropped.flood++;
    return;
  }
  leg.credit--;
  const arrival = arrived(leg.heard, header);
  if (arrival === 'probation') {
    dropped.probation++;
    return;
  }
  if (arrival === 'late') counters.packetsLate++;
  leg.heardAt = now;
  leg.silenceTold = false;
  const { generation } = leg.heard;
  if (speech) {
    leg.recorder?.put(
      0,
      packet,
      header.start,
      header.end,
      lawOf(header.payloadType),
      header.timestamp,
      generation,
      now,
    );
  } else {
    const key = keyPressed(leg.events, header, packet, generation);
    if (key) digit(leg, key);
  }
  if (!leg.partner || !forward(leg, leg.partner, packet, header, now, counters)) dropped.unheard++;
}
