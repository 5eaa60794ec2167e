import { Bool, Int, type Static, Text, Type } from '../schema.ts';
import { LogonPlace } from './gateway.ts';

/**
 * Between the window of the Agent application and the application itself: JSON-RPC 2.0 over a WebSocket on the loopback, which
 * only a page that the application served and that has the application's token may open. The window opens two of them: one
 * speaks the local wire as any program does, the other this. It asks what programs may not.
 */
export const DeskStatus = Type.Object({
  release: Text,
  pid: Int,
  /** names this run of the application, with `pid` */
  startedAt: Text,
  connection: Type.Union([
    Type.Literal('off'),
    Type.Literal('loggingOn'),
    Type.Literal('attaching'),
    Type.Literal('attached'),
  ]),
  /** why it is not attached: the reason of a refused logon, or a sentence */
  problem: Type.Union([Text, Type.Null()]),
  /** with a problem of the logon: where the agent is logged on instead, if that is known */
  elsewhere: Type.Optional(LogonPlace),
  /** an agent is logged on and his state is known: the window's `initialize` will be accepted */
  ready: Bool,
  loggedOnAt: Type.Union([Text, Type.Null()]),
  privileges: Type.Array(Text),
  /** for the fields of the log-on page */
  remembered: Type.Object({
    server: Text,
    logonId: Text,
    extension: Text,
    /** '' or absent: none was named */
    site: Type.Optional(Text),
    softphone: Bool,
  }),
  /** the phone of this logon is the window */
  softphone: Bool,
  logLevel: Int,
});
export type DeskStatus = Static<typeof DeskStatus>;

/** A program that is connected to the application. */
export const ConnectedProgram = Type.Object({
  number: Int,
  /** what it calls itself */
  name: Text,
  connectedAt: Text,
});
export type ConnectedProgram = Static<typeof ConnectedProgram>;

export const RevokeRequest = Type.Object({ number: Int });
export type RevokeRequest = Static<typeof RevokeRequest>;

/** What the window asks beyond `localExtensions`, which it may ask as well. */
export const deskMethods = {
  /** `DeskStatus` */
  getStatus: 'deskGetStatus',
  /** The agent logs off; the application and its window stay. */
  logOff: 'deskLogOff',
  /** `ConnectedProgram[]` */
  listPrograms: 'deskListPrograms',
  /** `RevokeRequest`: its connection is closed, and the program is not taken again by this run of the application. */
  revokeProgram: 'deskRevokeProgram',
} as const;

/** Told to the window. */
export const deskNotifications = {
  /** `DeskStatus`, whenever it is another */
  status: 'deskStatus',
} as const;

/** The sub-protocols of the window's WebSocket: this one is spoken; the token comes as another, `token.<hexadecimal>`. */
export const windowProtocols = { spoken: 'cordboard.1', tokenPrefix: 'token.' } as const;

/** Where the WebSockets of the window are. */
export const windowPaths = { program: '/program', desk: '/desk' } as const;
