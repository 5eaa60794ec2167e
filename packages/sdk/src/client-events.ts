import type {
  Abilities,
  AgentSnapshot,
  Coverage,
  EventArguments,
  EventName,
  MethodName,
  Refusal,
} from '@cordboard/contract';

/**
 * The connection of a client:
 *
 *            initialize()              broken
 *   idle ──────────────► connected ◄──────────► reconnecting
 *    ▲                       │     resumed           │
 *    └─ uninitialize() ──────┴──── application gone ─┘          closed: close(), from any
 */
export type ConnectionState = 'idle' | 'connected' | 'reconnecting' | 'closed';

/** A request that was answered with true and failed later. */
export interface OperationFailure extends Refusal {
  /** null: asked too long ago to know */
  method: MethodName | null;
  requestId: number;
}

/** Something came that does not have the type that the contract says; it was left out. */
export interface ProtocolFault {
  event: string;
  path: string;
  expected: string;
}

/** The 17 documented events by their arguments, and six that tell what the documented ones cannot. */
export type ClientEvents = { [Name in EventName]: EventArguments<Name> } & {
  operationFailed: [failure: OperationFailure];
  connectionChanged: [state: ConnectionState];
  /** events were missed: this is what is now */
  resynchronized: [snapshot: AgentSnapshot];
  protocolFault: [fault: ProtocolFault];
  /** what canMakeCall, canConference and canTransfer answer from here on */
  abilities: [abilities: Abilities];
  /** of what the agent is told from here on, and of which service groups the figures */
  coverage: [coverage: Coverage];
};

export type ClientEventName = keyof ClientEvents;
export type ClientEvent = {
  [Name in ClientEventName]: { event: Name; values: ClientEvents[Name] };
}[ClientEventName];
export type Handler<Name extends ClientEventName> = (...values: ClientEvents[Name]) => void;
