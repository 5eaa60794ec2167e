import { encode, FRAME } from './g711.ts';
import type { CodedSound } from './sound-library.ts';

/** A tone that is switched on and off: milliseconds on, off, on, off ... */
export interface Cadence {
  hertz: number;
  milliseconds: number[];
  /** peak, of 32767 */
  amplitude: number;
}

export type ToneName = 'ringback' | 'busy' | 'congestion';
export type Cadences = Record<ToneName, Cadence>;

/** ETSI TR 101 041-2: 425 Hz as in most of Europe, at about -16 dBm0. */
export const etsiCadences: Cadences = {
  ringback: { hertz: 425, milliseconds: [1000, 4000], amplitude: 4000 },
  busy: { hertz: 425, milliseconds: [500, 500], amplitude: 4000 },
  congestion: { hertz: 425, milliseconds: [250, 250], amplitude: 4000 },
};

/** One period of the cadence, a whole number of 20 ms frames, to be repeated. */
export function synthesizeTone(cadence: Cadence): Int16Array {
  const lengths = cadence.milliseconds.map(time => Math.max(0, Math.round(time * 8)));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const period = new Int16Array(Math.max(1, Math.ceil(total / FRAME)) * FRAME);
  let at = 0;
  lengths.forEach((length, index) => {
    if (index % 2 === 0) writeSine(period.subarray(at, at + length), cadence);
    at += length;
  });
  return period;
}

/** Rises and falls within 5 ms: a hard edge clicks. */
function writeSine(into: Int16Array, cadence: Cadence): void {
  const edge = 40;
  for (let i = 0; i < into.length; i++) {
    const level = Math.min(1, i / edge, (into.length - i) / edge);
    into[i] = Math.round(level * cadence.amplitude * Math.sin((2 * Math.PI * cadence.hertz * i) / 8000));
  }
}

export function codeTones(cadences: Cadences): Record<ToneName, CodedSound> {
  const code = (cadence: Cadence): CodedSound => {
    const linear = synthesizeTone(cadence);
    return { ulaw: encode(linear, 'ulaw'), alaw: encode(linear, 'alaw') };
  };
  return {
    ringback: code(cadences.ringback),
    busy: code(cadences.busy),
    congestion: code(cadences.congestion),
  };
}
