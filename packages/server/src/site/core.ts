import type { AgentSnapshot } from '@cordboard/contract';
import type { Outcome, SiteMessage } from '@cordboard/core';

/** The pure core as the loop uses it: the loop neither looks into the state nor into the events. */
export interface SiteCore<State, Event> {
  create(): State;
  /** changes the state in place and says what happened */
  decide(state: State, message: SiteMessage): Outcome<Event>;
  /** the same change again, from the journal */
  evolve(state: State, events: Event[]): void;
  /** when some timer of the state is due, in milliseconds since the epoch, or null */
  nextDue(state: State): number | null;
  /** everything that the agent's replica holds, as of the last item of his stream; new objects. Null: unknown agent */
  agent(state: State, agentId: number): { seq: number; snapshot: AgentSnapshot } | null;
  /** the state as a value for JSON.stringify, and back; neither shares anything with what goes on changing */
  save(state: State): unknown;
  load(saved: unknown): State;
}
