import type {
  Abilities,
  Coverage,
  EventArguments,
  EventName,
  NamedArgumentsOf,
  Refusal,
  SiteMethodName,
  Workspace,
  workspaceItem,
} from '@cordboard/contract';
import type { CallManagerCommand } from './ports/call-manager.ts';

/**
 * The contract between the routing loop and the core.
 *
 * The loop owns one state and hands it messages; `decide` changes the state in place and returns what happened. Nothing
 * of it may be acted on or shown before the events are in the journal; if they cannot be written, the state is thrown
 * away and loaded again.
 */

/** Milliseconds since the epoch. Time always arrives in a message. */
export type Time = number;

export type AgentId = number;

/** A request of the documented interface that the site answers. */
export type SiteRequest = {
  [Name in SiteMethodName]: { method: Name; arguments: NamedArgumentsOf<Name> };
}[SiteMethodName];

/** The answer to `logOn` and `request`. `value` is what the method returns. */
export type Answer = { ok: true; value: unknown } | { ok: false; refusal: Refusal };

/** One item of an agent's ordered stream. `seq` counts up by one for each item of this agent, for ever. */
export interface Publication {
  agentId: AgentId;
  seq: number;
  item: StreamItem;
}

/** What an agent's application hears: documented events, and the facts that its replica needs beyond them. */
export type StreamItem =
  | { [Name in EventName]: { event: Name; values: EventArguments<Name> } }[EventName]
  /** a request that was accepted failed later */
  | { event: 'operationFailed'; values: [requestId: string, refusal: Refusal] }
  /** what the agent is told of beside his own sessions: the replica leaves out what is not covered any more */
  | { event: 'coverage'; values: [Coverage] }
  /** the configuration of the agent's window is another */
  | { event: typeof workspaceItem; values: [Workspace] }
  /** what CanMakeCall, CanConference and CanTransfer answer now */
  | { event: 'abilities'; values: [Abilities] };

/** What goes into the journal for one message, and brings the state to the same place again. */
export interface Step<Event> {
  /** never earlier than that of the step before */
  at: Time;
  events: Event[];
}

/** What one message led to. Without events nothing changed: there is nothing to journal, to send or to show. */
export interface Outcome<Event> extends Step<Event> {
  answer: Answer | null;
  commands: CallManagerCommand[];
  published: Publication[];
}
