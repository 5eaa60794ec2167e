import type { FakePhones } from '../call-manager/fake-call-manager.ts';
import type { FarEnds, Originate, PhoneReaction } from '../call-manager/leg.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Handset } from '../people/act.ts';
import type { Callers } from '../people/callers.ts';
import type { Randomness } from '../random/randomness.ts';

interface Options {
  clock: VirtualClock;
  random: Randomness;
  phones(): FakePhones;
  callers(): Callers;
  note(line: string): void;
}

export interface Switchboard {
  farEnds: FarEnds;
  handset(extension: string): Handset;
}

const outcomes: readonly (readonly [
  probability: number,
  cause: 'busy' | 'unreachable' | 'rejected' | 'unknownNumber',
])[] = [
  [0.03, 'busy'],
  [0.01, 'unreachable'],
  [0.01, 'rejected'],
  [0.01, 'unknownNumber'],
];

/** Who is at the other end of each leg: a caller, an agent with a handset, or somebody outside. */
export const createSwitchboard = ({ clock, random, phones, callers, note }: Options): Switchboard => {
  /** ringing and talking legs by extension, oldest first */
  const byExtension = new Map<string, Map<string, 'ringing' | 'up'>>();
  const extensionOf = new Map<string, string>();
  const outside = new Set<string>();

  const legsOf = (extension: string) => {
    const known = byExtension.get(extension);
    if (known) return known;
    const legs = new Map<string, 'ringing' | 'up'>();
    byExtension.set(extension, legs);
    return legs;
  };

  const reaction = (): PhoneReaction => {
    let point = random.fraction();
    for (const [probability, cause] of outcomes) {
      point -= probability;
      if (point < 0) return { type: 'fail', cause, afterMilliseconds: random.whole(20, 400) };
    }
    const ring = { type: 'ring', afterMilliseconds: random.whole(20, 300) } as const;
    return random.chance(0.1) ? { ...ring, earlyMediaAfter: random.whole(0, 1_000) } : ring;
  };

  const strangerReacts = (leg: string) => {
    if (random.chance(0.2)) return;
    clock.after(random.duration(5_000), () => {
      if (random.chance(0.15)) phones().decline(leg);
      else phones().lift(leg);
    });
  };

  const farEnds: FarEnds = {
    called(leg, originate: Originate) {
      if ('extension' in originate.to) extensionOf.set(leg, originate.to.extension);
      else outside.add(leg);
      note(`leg ${leg} calls ${Object.values(originate.to).join()}`);
      return reaction();
    },
    ringing(leg) {
      const extension = extensionOf.get(leg);
      if (extension !== undefined) legsOf(extension).set(leg, 'ringing');
      else strangerReacts(leg);
    },
    answered(leg) {
      const extension = extensionOf.get(leg);
      if (extension !== undefined) legsOf(extension).set(leg, 'up');
      else if (outside.has(leg)) clock.after(random.duration(60_000), () => phones().hangUp(leg));
      else callers().answered(leg);
    },
    hears(leg, media) {
      callers().hears(leg, media);
    },
    announced() {},
    transferAnswered(leg, done) {
      note(`leg ${leg} is told that its transfer ${done ? 'is done' : 'failed'}`);
      // a phone whose call was transferred takes itself out of it
      if (done) clock.after(random.whole(10, 500), () => phones().hangUp(leg));
    },
    cleared(leg) {
      note(`leg ${leg} is gone`);
      const extension = extensionOf.get(leg);
      if (extension !== undefined) legsOf(extension).delete(leg);
      extensionOf.delete(leg);
      outside.delete(leg);
      callers().cleared(leg);
    },
  };

  return {
    farEnds,
    handset(extension) {
      const legs = legsOf(extension);
      const first = (state: 'ringing' | 'up') => {
        for (const [leg, its] of legs) if (its === state) return leg;
        return '';
      };
      return {
        get ringing() {
          return first('ringing') !== '';
        },
        lift: () => phones().lift(first('ringing')),
        hangUp: () => phones().hangUp(first('up')),
        decline: () => phones().decline(first('ringing')),
        transfer(number) {
          const up = [...legs].filter(([, its]) => its === 'up').map(([leg]) => leg);
          const [leg = '', other] = up;
          if (number !== '') phones().transfer(leg, { number });
          else if (other !== undefined) phones().transfer(leg, { leg: other });
        },
        hold: () => phones().hold(first('up')),
        retrieve: () => phones().retrieve(first('up')),
        dial(number) {
          if (!phones().isRegistered(extension)) return;
          note(`the phone of ${extension} dials ${number}`);
          const leg = phones().call({
            extension,
            callerNumber: extension,
            callerName: '',
            calledNumber: number,
            remoteAddress: `192.0.2.${extension}`,
          });
          extensionOf.set(leg, extension);
          legsOf(extension).set(leg, 'ringing');
          clock.after(random.whole(5_000, 60_000), () => {
            if (legsOf(extension).get(leg) === 'ringing') phones().hangUp(leg);
          });
        },
      };
    },
  };
};
