import { BoundedText, Int, type Static, Text, Type } from '../schema.ts';

/**
 * Between a page in a web tab and the Agent application.
 *
 * 1. The page posts `PageGreeting` to the window around it (or the one that opened it), again until it is answered.
 * 2. The window looks at the browser's word for the page's origin and at whether the page is in one of its tabs, and answers
 *    with `PageWelcome` and a `MessagePort`, to exactly this origin. A page of an origin that the configuration does not name
 *    is not answered at all.
 * 3. Over the port, JSON-RPC 2.0 as texts: `initialize` first, then methods of the documented interface by their camelCase
 *    names with named arguments; events come as notifications with an `EventMessage`, as programs get them. The window
 *    passes the texts on as they are; the application looks at each. The window's last word on a port is `PageFarewell`.
 * 4. A page that has the keyboard gives it back with `PageLeaving`, posted as the greeting: on F6, which it had no use for.
 */
export const pageProtocol = 1;
export const PageGreeting = Type.Object({ cordboard: Type.Literal('connect'), version: Int });
export const PageLeaving = Type.Object({ cordboard: Type.Literal('leave') });
export const PageWelcome = Type.Object({ cordboard: Type.Literal('port'), version: Int });
export const PageFarewell = Type.Object({ cordboard: Type.Literal('closed'), reason: Text });

export const PageInitialize = Type.Object({
  resume: Type.Optional(Type.Object({ stream: BoundedText(64), after: Int })),
});
export type PageInitialize = Static<typeof PageInitialize>;

const StateEvent = Type.Object({ event: Text, values: Type.Array(Type.Unknown()) });

export const PageInitializeResult = Type.Object({
  stream: Text,
  seq: Int,
  /** true: the events after `resume.after` have come; `state` is null */
  resumed: Type.Boolean(),
  /** what is now, as the events that would tell of it; as of `seq` */
  state: Type.Union([Type.Array(StateEvent), Type.Null()]),
  release: Text,
});
export type PageInitializeResult = Static<typeof PageInitializeResult>;

export const HandledReport = Type.Object({
  /** of each event that the page's handlers have been given: its number, and when, in milliseconds since 1970 */
  handled: Type.Array(Type.Tuple([Int, Type.Number()]), { maxItems: 1_000 }),
});
export type HandledReport = Static<typeof HandledReport>;

export const pageNotifications = {
  /** to the application: `HandledReport` */
  handled: 'handled',
  /** to the page, an `EventMessage` with `[event, values][]`: items were missed, and this is what is now; the events that tell the difference follow */
  state: 'state',
} as const;
