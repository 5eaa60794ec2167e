import { Bool, BoundedText, Int, type Static, Text, Type } from '../schema.ts';
import { AgentSnapshot } from './snapshot.ts';

/**
 * Between an AgentClient and the Agent application on the same machine: JSON-RPC 2.0, one message a line, on a local socket
 * that the owner alone can open. A runtime file says where it is. Tabs speak the same over a MessagePort.
 *
 * Requests are the methods of the documented interface by their camelCase names with named arguments. `initialize` comes first.
 * Events are notifications by their documented names with `EventMessage` parameters.
 */
export const InitializeRequest = Type.Object({
  /** for the log and the list of connected programs */
  client: BoundedText(128),
  /** the same for all connections of one AgentClient: requests are known again by it */
  clientId: BoundedText(64),
  resume: Type.Optional(Type.Object({ stream: BoundedText(64), after: Int })),
});
export type InitializeRequest = Static<typeof InitializeRequest>;

export const InitializeResult = Type.Object({
  /** names this run of the Agent application */
  stream: Text,
  seq: Int,
  /** false: numbers between are lost to this client, `snapshot` holds what is now */
  resumed: Bool,
  snapshot: Type.Union([AgentSnapshot, Type.Null()]),
  release: Text,
});
export type InitializeResult = Static<typeof InitializeResult>;

export const EventMessage = Type.Object({ seq: Int, values: Type.Array(Type.Unknown()) });
export type EventMessage = Static<typeof EventMessage>;

/** What the application writes where an AgentClient looks for it (owner-only). */
export const RuntimeFile = Type.Object({
  pid: Int,
  /** Unix socket path or Windows pipe name */
  endpoint: Text,
  release: Text,
  startedAt: Text,
  /** an agent with the right to use the interface is logged on: Initialize will be accepted */
  ready: Bool,
});
export type RuntimeFile = Static<typeof RuntimeFile>;

/** Methods of the application beyond the documented 88, for diagnostics. */
export const localExtensions = {
  /** `{ level: 0..7 }`: takes effect at once */
  setDiagnosticLogLevel: 'setDiagnosticLogLevel',
  getDiagnosticLogLevel: 'getDiagnosticLogLevel',
} as const;
