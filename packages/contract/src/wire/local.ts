import { Bool, BoundedText, Int, type Static, Text, Type } from '../schema.ts';
import { AgentSnapshot } from './snapshot.ts';
import { maximumSnapshotParts } from './snapshot-parts.ts';

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
  /** so many `snapshotPart` (`SnapshotPartMessage`) follow and belong to the snapshot; absent = none */
  parts: Type.Optional(Type.Integer({ minimum: 1, maximum: maximumSnapshotParts })),
  release: Text,
});
export type InitializeResult = Static<typeof InitializeResult>;

export const EventMessage = Type.Object({
  seq: Int,
  values: Type.Array(Type.Unknown()),
  /** when the site made it: milliseconds since the epoch by the clock of the server; absent where the application made it */
  at: Type.Optional(Type.Number()),
});
export type EventMessage = Static<typeof EventMessage>;

const optionalText = (maxLength: number) => Type.Optional(Type.Union([BoundedText(maxLength), Type.Null()]));

/**
 * What the application is told when it is started, as one line of JSON on its standard input: credentials never stand on a
 * command line or in the environment. Empty or null stands for "as configured". Without `logonId` it starts logged off.
 */
export const LaunchParameters = Type.Object({
  logonId: optionalText(64),
  password: optionalText(1024),
  extension: optionalText(32),
  extensionPassword: optionalText(1024),
  siteName: optionalText(128),
  webServer: optionalText(512),
  brokerServer: optionalText(512),
  brokerPort: Type.Optional(Type.Union([Int, Type.Null()])),
  /** 1 softphone, 0 hard phone, -1 the one used last */
  softphone: Type.Optional(Type.Union([Int, Type.Null()])),
});
export type LaunchParameters = Static<typeof LaunchParameters>;

/** What the application writes where an AgentClient looks for it (owner-only). */
export const RuntimeFile = Type.Object({
  pid: Int,
  /** Unix socket path or Windows pipe name */
  endpoint: Text,
  release: Text,
  startedAt: Text,
  /** an agent with the right to use the interface is logged on: Initialize will be accepted */
  ready: Bool,
  /** when the agent of now was logged on; left out while nobody is. Who watches the file learns of a logon by it */
  loggedOnAt: Type.Optional(Text),
  /** why it is not ready, for a person: `wrongCredentials`, `missingPrivilege`, `the server cannot be reached` ... */
  problem: Type.Optional(Text),
  /** URL of the window, with the token that opens it in the fragment */
  window: Type.Optional(Text),
});
export type RuntimeFile = Static<typeof RuntimeFile>;

/** The site's later word on a request that was accepted: it failed after all. Told to the client that asked. */
export const OperationFailedValues = Type.Tuple([
  /** `<run of the application>:<client>:<number>` */
  Text,
  Type.Object({ reason: Text, detail: Type.Optional(Text) }),
]);
export type OperationFailedValues = Static<typeof OperationFailedValues>;

/** Notifications beside the documented events; their parameters are an `EventMessage` too. */
export const localNotifications = {
  /** `OperationFailedValues` */
  operationFailed: 'operationFailed',
  /**
   * `[AgentSnapshot, number]`: the application missed items of the site, and this is what is now. The number: so many
   * `stillWaiting` came before it, and belong to the snapshot
   */
  resynchronized: 'resynchronized',
  /** `[Abilities]`: what CanMakeCall, CanConference and CanTransfer answer from here on */
  abilities: 'abilities',
  /** `[Coverage]`: of what the agent is told from here on */
  coverage: 'coverage',
  /** `[part from 1, WaitingItems]`: what waits to be picked and is too much for the frame of `resynchronized` */
  stillWaiting: 'stillWaiting',
} as const;

/** Methods of the application beyond the documented 88. */
export const localExtensions = {
  /** `LaunchParameters`: logs a running application on. Taken before `initialize`, for the owner of the socket is the user. */
  logOn: 'logOn',
  /** `{ level: 0..7 }`: takes effect at once */
  setDiagnosticLogLevel: 'setDiagnosticLogLevel',
  getDiagnosticLogLevel: 'getDiagnosticLogLevel',
} as const;
