import type { AgentSnapshot } from '@cordboard/contract';
import type { Outcome, SiteMessage } from '@cordboard/core';

/** The pure core as the loop uses it: the loop neither looks into the state nor into the events. */
export interface SiteCore<State, Event> {
  create(): State;
  /** changes the state in place and says what happened */
  decide(state: State, message: SiteMessage): Outcome<Event>;
  /** the same change again, from the journal */
  evolve(state: State, step: { at: number; events: Event[] }): void;
  /** when some timer of the state is due, in milliseconds since the epoch, or null */
  nextDue(state: State): number | null;
  /** the client that the agent's last logon named; null: logged off. `attached`: as far as the state knows, it is connected */
  client(state: State, agentId: number): { name: string; attached: boolean } | null;
  /** agents whose client is attached */
  attached(state: State): number[];
  /** null: unknown agent */
  agent(state: State, agentId: number): AgentView | null;
  /** the state as JSON, as of now */
  save(state: State): string;
  /** what was saved, parsed */
  load(saved: unknown): State;
}

export interface AgentView {
  /** number of the last item of the stream */
  seq: number;
  /** everything that the replica holds, as of `seq`; new objects */
  snapshot: AgentSnapshot;
}
