import type { ICall } from '@cordboard/contract';
import type { SiteRequest } from '@cordboard/core';
import type { Randomness } from '../random/randomness.ts';
import type { Desk } from './desk.ts';

/** What an agent's own phone lets him do without the application. */
export interface Handset {
  /** somebody rings */
  readonly ringing: boolean;
  lift(): void;
  hangUp(): void;
  decline(): void;
  hold(): void;
  retrieve(): void;
  /** calls a number without the application */
  dial(number: string): void;
  /** sends the call on: to a number, or to whom he talks on another line */
  transfer(number: string): void;
}

export interface AgentHabits {
  /** mean milliseconds between two things that he does */
  pace: number;
  /** whom he may call: colleagues, service numbers, outside, nonsense */
  numbers: readonly string[];
  reasons: readonly { id: number; name: string }[];
  /** where somebody may log on, and where nobody can */
  extensions: readonly string[];
  /** colleagues, as they log on */
  logonIds: readonly string[];
  serviceGroups: readonly number[];
  /** '' = nobody can be authenticated */
  authenticationNumber: string;
  cqCodes: readonly { id: number; code: string; name: string }[];
}

/** What he asks for, or does, when he does it; null: nothing. */
export type Act = (seen: Seen) => SiteRequest | (() => void) | null;

export interface Seen {
  desk: Desk;
  handset: Handset;
  random: Randomness;
  habits: AgentHabits;
  call: ICall;
}

export type Choices = readonly (readonly [weight: number, act: Act])[];

export const wait: Act = () => null;
export const ask =
  (make: (seen: Seen) => SiteRequest): Act =>
  seen =>
    make(seen);

export const choose = (random: Randomness, choices: Choices): Act => {
  const total = choices.reduce((sum, [weight]) => sum + weight, 0);
  let point = random.fraction() * total;
  for (const [weight, act] of choices) {
    point -= weight;
    if (point < 0) return act;
  }
  return wait;
};
