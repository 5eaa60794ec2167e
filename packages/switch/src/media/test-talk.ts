import { decode, encode, FRAME, type Law, lawOf } from './g711.ts';
import { amplitudeOf, sine } from './goertzel.ts';
import type { FakePhone } from './test-exchange.ts';
import type { HeardPacket } from './test-phone.ts';

/** A phone that speaks with a voice of its own: a tone that is a whole number of waves in each frame. */
export interface Talker {
  phone: FakePhone;
  hertz: number;
  /** PCMU or PCMA */
  payloadType?: 0 | 8;
}

const amplitude = 2000;

export function toneOf(hertz: number, law: Law = 'ulaw', length = FRAME): Buffer {
  return encode(sine(hertz, amplitude, length), law);
}

/** Lets these phones speak at the same time, 20 ms after 20 ms, from `sequence` on. */
export function talk(talkers: Talker[], pass: (ms: number) => void, frames: number, sequence = 0): void {
  for (let i = sequence; i < sequence + frames; i++) {
    for (const { phone, hertz, payloadType = 0 } of talkers) {
      const payload = toneOf(hertz, lawOf(payloadType));
      phone.say({ payloadType, sequence: i, timestamp: FRAME * i, payload });
    }
    pass(20);
  }
}

/** Which of these voices are in the packet. */
export function voicesIn(packet: HeardPacket | undefined, voices: number[]): number[] {
  if (!packet) return [];
  const samples = decode(packet.payload, lawOf(packet.payloadType));
  return voices.filter(hertz => amplitudeOf(samples, hertz) > amplitude / 2);
}

/** The voices in the newest packet that the phone heard. */
export const hears = (phone: FakePhone, voices: number[]): number[] => voicesIn(phone.heard.at(-1), voices);
