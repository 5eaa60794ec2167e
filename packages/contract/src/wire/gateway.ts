import { Bool, BoundedText, Int, type Static, Text, Type } from '../schema.ts';
import { AgentSnapshot } from './snapshot.ts';
import { maximumSnapshotParts, WaitingItems } from './snapshot-parts.ts';

/**
 * Between the Agent application and the server.
 *
 * 1. `POST /logon` with a `LogonRequest`: 200 `LogonGrant`, or `LogonRefusal` with 400 (malformed), 401 (unknown user or wrong
 *    password: not told apart), 403 (site or extension not allowed), 409 (logged on elsewhere, `takeOver` not set), 429 (too many tries).
 * 2. WebSocket `/broker`, JSON-RPC 2.0, one message a frame. First request: `attach`. Then requests of the documented interface that
 *    the site answers, by their camelCase name with named arguments as the whole of the parameters (check them with `methodChecks`);
 *    and the stream as `item` notifications. The JSON-RPC id of such a request is its request id: text, unique for ever
 *    (`<run of the application>:<client>:<number>`), the same when the request is sent again after a break.
 *
 * The stream of an agent is numbered by one for each item. After a break `attach` names the stream and the last number seen and
 * gets the rest; where the server no longer has it, a snapshot that says so (`resumed: false`). Items that wait to be picked and
 * are too many for one frame follow the snapshot in `parts` notifications `snapshotPart`, before any item of the stream; an
 * application that lost its connection among them attaches again and gets the whole anew.
 */
export const LogonRequest = Type.Object({
  logonId: BoundedText(64),
  password: BoundedText(1024),
  extension: Type.Optional(BoundedText(32)),
  extensionPassword: Type.Optional(BoundedText(1024)),
  siteName: Type.Optional(BoundedText(128)),
  /** end the same agent's logon elsewhere */
  takeOver: Type.Optional(Bool),
});
export type LogonRequest = Static<typeof LogonRequest>;

export const LogonGrant = Type.Object({
  /** opens `/broker`; short-lived, and good for re-attaching while the agent stays logged on */
  token: Text,
  expiresInSeconds: Int,
  agentId: Int,
  privileges: Type.Array(Text),
  siteName: Text,
  /** path or URL of the broker's WebSocket */
  broker: Text,
});
export type LogonGrant = Static<typeof LogonGrant>;

/** Where an agent is logged on, as people tell it. */
export const LogonPlace = Type.Object({
  /** network address that he logged on from */
  address: Text,
  /** the Agent application on a desk, or a window that the server serves */
  form: Type.Union([Type.Literal('application'), Type.Literal('browser')]),
  /** ISO 8601 */
  since: Text,
});
export type LogonPlace = Static<typeof LogonPlace>;

export const LogonRefusal = Type.Object({
  reason: Type.Union([
    Type.Literal('malformed'),
    Type.Literal('wrongCredentials'),
    Type.Literal('unknownSite'),
    Type.Literal('extensionRefused'),
    Type.Literal('loggedOnElsewhere'),
    Type.Literal('tooManyTries'),
    Type.Literal('notReady'),
  ]),
  text: Text,
  /** with `tooManyTries` */
  retryAfterSeconds: Type.Optional(Int),
  /** with `loggedOnElsewhere`, where it is known */
  elsewhere: Type.Optional(LogonPlace),
});
export type LogonRefusal = Static<typeof LogonRefusal>;

/** Parameters of `attach`. */
export const AttachRequest = Type.Object({
  token: BoundedText(4096),
  /** names this run of the Agent application */
  client: BoundedText(128),
  resume: Type.Optional(Type.Object({ stream: BoundedText(64), after: Int })),
});
export type AttachRequest = Static<typeof AttachRequest>;

export const AttachResult = Type.Object({
  stream: Text,
  /** the snapshot is as of this number; without a snapshot the items after `resume.after` follow */
  seq: Int,
  resumed: Bool,
  snapshot: Type.Union([AgentSnapshot, Type.Null()]),
  /** so many `snapshotPart` follow, and belong to the snapshot; absent = none */
  parts: Type.Optional(Type.Integer({ minimum: 1, maximum: maximumSnapshotParts })),
  /** either side sends something at least this often (`ping`), and gives the other up after three times it */
  heartbeatSeconds: Int,
  /** replaces the token of the logon */
  token: Text,
});
export type AttachResult = Static<typeof AttachResult>;

/** Parameters of the notification `snapshotPart`. */
export const SnapshotPartMessage = Type.Object({
  /** from 1 */
  part: Int,
  dispatch: WaitingItems,
});
export type SnapshotPartMessage = Static<typeof SnapshotPartMessage>;

/** Parameters of the notification `item`. `event` is a documented event, `abilities` or `operationFailed`. */
export const StreamItemMessage = Type.Object({
  seq: Int,
  event: Text,
  values: Type.Array(Type.Unknown()),
  /** when it happened: milliseconds since the epoch, by the clock of the server */
  at: Type.Optional(Type.Number()),
});
export type StreamItemMessage = Static<typeof StreamItemMessage>;

/** What `ping` is answered with, so that the asker knows how far the clocks are apart. */
export const PingResult = Type.Object({
  /** milliseconds since the epoch, by the clock of the server */
  at: Type.Number(),
});
export type PingResult = Static<typeof PingResult>;

/** Names of the broker's own methods beside those of the documented interface. */
export const brokerMethods = {
  attach: 'attach',
  logOff: 'logOff',
  ping: 'ping',
  /** `SoftphoneGrant` */
  softphone: 'softphone',
} as const;
/** Names of its notifications to the application. */
export const brokerNotifications = {
  item: 'item',
  /** `SnapshotPartMessage` */
  snapshotPart: 'snapshotPart',
  /** `LoggedOffMessage` */
  loggedOff: 'loggedOff',
} as const;

/**
 * Parameters of the notification `loggedOff`, the last before the server closes. `takenOver`: the same agent logged on
 * elsewhere; `loggedOff`: on request, by a supervisor, or because the logon ran out; `shutDown`: the server goes, the agent
 * stays logged on and the application attaches again.
 */
export const LoggedOffMessage = Type.Object({
  reason: Type.Union([Type.Literal('takenOver'), Type.Literal('loggedOff'), Type.Literal('shutDown')]),
  /** with `takenOver`: where he is logged on now */
  elsewhere: Type.Optional(LogonPlace),
});
export type LoggedOffMessage = Static<typeof LoggedOffMessage>;
