import type { FakePhones } from '../call-manager/fake-call-manager.ts';
import type { LegMedia } from '../call-manager/leg.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Randomness } from '../random/randomness.ts';

/** How callers behave; times are means in milliseconds. */
export interface CallerHabits {
  betweenCalls: number;
  patience: number;
  talk: number;
  /** how many of the calls go to a number that nobody has */
  wrongNumber: number;
}

/** One caller from the first ring to the end. Each calls from a number of its own, by which it is known everywhere. */
export interface Caller {
  number: string;
  leg: string;
  calledNumber: string;
  calledAt: number;
  state: 'ringing' | 'waiting' | 'talking' | 'gone';
  hears: LegMedia;
}

export interface Callers {
  /** present callers by their leg */
  readonly present: ReadonlyMap<string, Caller>;
  readonly calls: number;
  answered(leg: string): void;
  hears(leg: string, media: LegMedia): void;
  cleared(leg: string): void;
  /** nobody calls any more; those who are there go on */
  stop(): void;
  /** everybody hangs up */
  leave(): void;
}

interface Options {
  clock: VirtualClock;
  random: Randomness;
  phones: FakePhones;
  numbers: readonly string[];
  habits: CallerHabits;
  note(line: string): void;
}

export const createCallers = ({ clock, random, phones, numbers, habits, note }: Options): Callers => {
  const present = new Map<string, Caller>();
  let calls = 0;
  let stopped = false;

  const hangUp = (caller: Caller) => {
    if (caller.state === 'gone') return;
    note(`caller ${caller.number} hangs up`);
    phones.hangUp(caller.leg);
  };

  const call = () => {
    calls += 1;
    const number = `${7_000_000 + calls}`;
    const calledNumber = random.chance(habits.wrongNumber) ? '999999' : random.pick(numbers);
    note(`caller ${number} calls ${calledNumber}`);
    const leg = phones.call({
      extension: '',
      callerNumber: number,
      callerName: random.chance(0.5) ? `Caller ${number}` : '',
      calledNumber,
      remoteAddress: '203.0.113.9',
    });
    const caller: Caller = {
      number,
      leg,
      calledNumber,
      calledAt: clock.now(),
      state: 'ringing',
      hears: { type: 'none' },
    };
    present.set(leg, caller);
    clock.after(random.duration(habits.patience), () => {
      if (caller.state !== 'talking') hangUp(caller);
    });
    // nobody stays for ever, however the call was left
    clock.after(habits.patience * 20, () => hangUp(caller));
  };

  const come = () => {
    if (stopped) return;
    call();
    clock.after(random.duration(habits.betweenCalls), come);
  };
  clock.after(random.duration(habits.betweenCalls), come);

  /** Somebody asks something, or only greets: many press a few keys, and who hears enough presses the hash. */
  const answerPrompt = (leg: string) => {
    if (!random.chance(0.4)) return;
    const digits = [...random.pick(['1', '1', '1', '2', '7', '9#', '1234#', '12', '0*3', '##'])];
    let after = random.duration(2_000);
    for (const digit of digits) {
      clock.after(after, () => phones.press(leg, digit));
      after += random.duration(800);
    }
  };

  return {
    present,
    get calls() {
      return calls;
    },
    answered(leg) {
      const caller = present.get(leg);
      if (caller?.state === 'ringing') caller.state = 'waiting';
    },
    hears(leg, media) {
      const caller = present.get(leg);
      if (!caller) return;
      caller.hears = media;
      if (media.type === 'play' && media.sounds[0]?.type === 'file') answerPrompt(leg);
      if (media.type !== 'connected' || caller.state === 'talking') return;
      caller.state = 'talking';
      if (random.chance(0.5)) clock.after(random.duration(habits.talk), () => hangUp(caller));
      if (random.chance(0.1)) clock.after(500, () => phones.press(leg, random.pick(['1', '#', '9'])));
    },
    cleared(leg) {
      const caller = present.get(leg);
      if (caller) caller.state = 'gone';
      present.delete(leg);
    },
    stop() {
      stopped = true;
    },
    leave() {
      stopped = true;
      for (const caller of [...present.values()]) hangUp(caller);
    },
  };
};
