import type { Conference, Leg } from './leg.ts';
import { voiceOf } from './listening.ts';
import { addSamples, createSum, type Sum, takeAway } from './mixing.ts';

/** The conferences that have members. */
export interface Conferences {
  join(leg: Leg, name: string): void;
  leave(leg: Leg): void;
  /** sums once what everybody says; each then hears it without himself */
  sumUp(): void;
}

export function createConferences(): Conferences {
  const conferences = new Map<string, Conference>();
  return {
    join(leg, name) {
      const conference = conferences.get(name) ?? { name, members: new Set(), sum: createSum() };
      conferences.set(name, conference);
      conference.members.add(leg);
      leg.conference = conference;
    },
    leave(leg) {
      const { conference } = leg;
      if (!conference) return;
      leg.conference = undefined;
      conference.members.delete(leg);
      if (conference.members.size === 0) conferences.delete(conference.name);
    },
    sumUp() {
      for (const { members, sum } of conferences.values()) {
        sum.fill(0);
        for (const member of members) {
          const voice = voiceOf(member);
          if (voice) addSamples(sum, voice);
        }
      }
    },
  };
}

/** Adds what the others in the leg's conference say. */
export function addOthers(sum: Sum, leg: Leg): void {
  if (!leg.conference) return;
  addSamples(sum, leg.conference.sum);
  const own = voiceOf(leg);
  if (own) takeAway(sum, own);
}
