import { Int, type Static, Text, Type } from '../schema.ts';
import { LogonGrant, LogonPlace, LogonRequest } from './gateway.ts';

/**
 * The window as a web page that the server serves, for who has installed nothing. Its Agent application runs beside the server;
 * window and application are the same as on a desk, what differs is the way in:
 *
 * 1. `POST /agent/logon` with a `WebLogonRequest`: 200 `WebGrant`, or what `/logon` answers. The token is kept in the page alone
 *    (`sessionStorage`), there are no cookies. It is good while this logon of the agent lasts, and opens nothing but the window.
 * 2. WebSockets `/agent/program` and `/agent/desk` with the sub-protocols of the window (`windowProtocols`).
 * 3. `GET /agent/session` with the token as bearer: 204, or 401 with a `WebSessionOver`; a page asks when a WebSocket is refused,
 *    since a browser does not say why.
 */
export const WebLogonRequest = Type.Object({
  ...LogonRequest.properties,
  /** as `launchAgentWithParams` has it: 1 = this window is the phone */
  softphone: Type.Optional(Type.Union([Type.Literal(0), Type.Literal(1)])),
});
export type WebLogonRequest = Static<typeof WebLogonRequest>;

export const WebGrant = Type.Object({ token: Text });
export type WebGrant = Static<typeof WebGrant>;

export const WebSessionOver = Type.Object({
  reason: Type.Union([Type.Literal('takenOver'), Type.Literal('sessionOver')]),
  /** with `takenOver`: where the agent is logged on now */
  elsewhere: Type.Optional(LogonPlace),
});
export type WebSessionOver = Static<typeof WebSessionOver>;

/** Where the web application stands at the gateway; the window's own paths follow `base`. */
export const webPaths = { base: '/agent/', logon: '/agent/logon', session: '/agent/session' } as const;

/**
 * From the gateway to the process of the web applications, with each WebSocket that it passes on, as JSON in base64url in a header of
 * this name: whose it is. Nobody else reaches that process.
 */
export const webVisitHeader = 'x-cordboard-visit';

export const WebVisit = Type.Object({
  /** names the logon */
  logon: Text,
  logonId: Text,
  extension: Text,
  softphone: Type.Union([Type.Literal(0), Type.Literal(1)]),
  grant: LogonGrant,
});
export type WebVisit = Static<typeof WebVisit>;

/** From the server to a process of web applications, as its first message. */
export const WebHostSettings = Type.Object({
  /** socket on which it listens for windows */
  endpoint: Text,
  /** socket on which the gateway takes the applications' connections to the broker */
  broker: Text,
  /** one log an agent is written here */
  logFolder: Text,
  logLevel: Int,
  /** an application that no window is open of ends after so many seconds */
  idleSeconds: Int,
});
export type WebHostSettings = Static<typeof WebHostSettings>;

/** What such a process says: that it listens, and which logon's application has ended. */
export const WebHostReport = Type.Union([
  Type.Object({ type: Type.Literal('listening') }),
  Type.Object({ type: Type.Literal('ended'), logon: Text }),
]);
export type WebHostReport = Static<typeof WebHostReport>;
