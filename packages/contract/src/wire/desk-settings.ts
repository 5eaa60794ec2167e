import { BoundedText, Int, type Static, Text, Type } from '../schema.ts';

/** The part of the desk wire that the settings page of the window speaks. */
export const LogLevelRequest = Type.Object({ level: Type.Integer({ minimum: 0, maximum: 7 }) });
export type LogLevelRequest = Static<typeof LogLevelRequest>;

export const LogLevelResult = Type.Object({
  level: Int,
  /** false: it holds for this run only, the settings file could not be written */
  kept: Type.Boolean(),
});
export type LogLevelResult = Static<typeof LogLevelResult>;

/** A page of Agent.log. Positions are bytes from where this run of the application began to write; earlier ones are negative. */
export const ReadLogRequest = Type.Object({
  /** lines that end before this position; null = the last ones */
  before: Type.Optional(Type.Union([Int, Type.Null()])),
  /** lines from this position on; goes before `before` */
  after: Type.Optional(Int),
  /** where there are none yet: waits so long for them */
  waitMilliseconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 5_000 })),
});
export type ReadLogRequest = Static<typeof ReadLogRequest>;

export const LogPage = Type.Object({
  /** each with the position where it begins */
  lines: Type.Array(Type.Object({ at: Int, text: Text })),
  /** of the first line, and after the last */
  from: Int,
  to: Int,
  /** of the oldest line that is kept, and after the newest */
  start: Int,
  end: Int,
});
export type LogPage = Static<typeof LogPage>;

/** Events that a page has handled, and how long that was after the site made them. */
export const SeenRequest = Type.Object({
  seen: Type.Array(
    Type.Object({
      /** the window, or the origin of a page in a tab */
      page: BoundedText(128),
      event: BoundedText(64),
      /** when the site made it, by the clock of the server, and when the page had handled it, by the clock of the page */
      at: Type.Number(),
      handledAt: Type.Number(),
    }),
    { maxItems: 500 },
  ),
  /** the application's clock less the page's, in milliseconds */
  pageOffset: Type.Number(),
});
export type SeenRequest = Static<typeof SeenRequest>;

/** How the connection to the server is, and was. Moments are milliseconds since the epoch, by the clock of the application. */
export const ConnectionReport = Type.Object({
  now: Type.Number(),
  server: Text,
  state: Text,
  problem: Type.Union([Text, Type.Null()]),
  attachedSince: Type.Union([Type.Number(), Type.Null()]),
  /** the last item that came; null: nobody is logged on */
  lastSequence: Type.Union([Int, Type.Null()]),
  /** oldest first */
  history: Type.Array(
    Type.Object({ at: Type.Number(), state: Text, problem: Type.Union([Text, Type.Null()]) }),
  ),
  pings: Type.Array(
    Type.Object({
      at: Type.Number(),
      /** milliseconds, there and back */
      roundTrip: Type.Number(),
      /** the server's clock less the application's */
      clockOffset: Type.Union([Type.Number(), Type.Null()]),
    }),
  ),
});
export type ConnectionReport = Static<typeof ConnectionReport>;

/** A support bundle is to be made; what the window says of itself goes into it. */
export const PrepareBundleRequest = Type.Object({ window: Type.Record(Type.String(), Type.Unknown()) });
export type PrepareBundleRequest = Static<typeof PrepareBundleRequest>;

/** What is in the bundle, to be looked at before it is saved. */
export const PreparedBundle = Type.Object({
  /** of the bundle that was made last; an earlier one is gone */
  id: Text,
  fileName: Text,
  bytes: Int,
  parts: Type.Array(
    Type.Object({
      name: Text,
      bytes: Int,
      /** how it begins, or for a log how it ends */
      shown: Text,
    }),
  ),
});
export type PreparedBundle = Static<typeof PreparedBundle>;

export const ReadBundleRequest = Type.Object({ id: BoundedText(64), offset: Type.Integer({ minimum: 0 }) });
export type ReadBundleRequest = Static<typeof ReadBundleRequest>;

/** From `offset` on; empty = that was all. */
export const BundlePiece = Type.Object({ base64: Text });
export type BundlePiece = Static<typeof BundlePiece>;

export const deskSettingsMethods = {
  /** `LogLevelRequest`, answered with `LogLevelResult`: the Diagnostic Log Level, taken at once and kept in the settings file. */
  setLogLevel: 'deskSetLogLevel',
  /** `ReadLogRequest`, answered with `LogPage` */
  readLog: 'deskReadLog',
  /** `SeenRequest`: for the log */
  seen: 'deskSeen',
  /** `ConnectionReport` */
  getConnection: 'deskGetConnection',
  /** `PrepareBundleRequest`, answered with `PreparedBundle` */
  prepareBundle: 'deskPrepareBundle',
  /** `ReadBundleRequest`, answered with `BundlePiece`: a .zip file */
  readBundle: 'deskReadBundle',
} as const;
