/** A part of a ring tone: frequencies in Hz that sound together, for so many seconds; none = a pause. */
export interface RingPart {
  hertz: readonly number[];
  seconds: number;
}

/** Played again and again until the ringing ends. Synthesised: no sound files, no licences of others. */
export const ringTones = {
  /** the ringback of Europe, with a warble that is heard over talk */
  classic: [
    { hertz: [440, 480], seconds: 0.4 },
    { hertz: [], seconds: 0.2 },
    { hertz: [440, 480], seconds: 0.4 },
    { hertz: [], seconds: 2 },
  ],
  soft: [
    { hertz: [523.25], seconds: 0.25 },
    { hertz: [659.25], seconds: 0.25 },
    { hertz: [783.99], seconds: 0.5 },
    { hertz: [], seconds: 2.2 },
  ],
  urgent: [
    { hertz: [880], seconds: 0.12 },
    { hertz: [1108.73], seconds: 0.12 },
    { hertz: [880], seconds: 0.12 },
    { hertz: [1108.73], seconds: 0.12 },
    { hertz: [], seconds: 0.8 },
  ],
  low: [
    { hertz: [220, 330], seconds: 0.7 },
    { hertz: [], seconds: 1.8 },
  ],
  none: [],
} as const satisfies Record<string, readonly RingPart[]>;

export type RingToneName = keyof typeof ringTones;

export const ringToneNames = Object.keys(ringTones) as RingToneName[];

export const isRingTone = (value: unknown): value is RingToneName =>
  typeof value === 'string' && Object.hasOwn(ringTones, value);

/** Once, while the agent talks. */
export const beep: readonly RingPart[] = [{ hertz: [880], seconds: 0.15 }];

export const lengthOf = (parts: readonly RingPart[]): number =>
  parts.reduce((sum, each) => sum + each.seconds, 0);
