/**
 * Who may import whom. The picture, from CONTRIBUTING.md:
 *
 *   level 0   contract                      switch         import nothing of ours
 *   level 1   core, sdk                                    import contract
 *   level 2   sim                                          fakes of every port, for tests
 *   level 3   server (with switch), agent (with sdk)
 *
 * The server starts the web applications (`@cordboard/agent/web`) as processes of their own where they are installed beside it, as
 * the SDK starts the Agent application: it finds their program by name and imports nothing of it, so this is no edge.
 */
export interface PackageRule {
  /** what its sources may import */
  imports: readonly string[];
  /** what its tests may import beyond that */
  testImports: readonly string[];
  /** no Node, no browser: the language alone */
  pure: boolean;
  /** files below src that may import each other in a circle; none unless it is explained here why there is no other way */
  circle?: readonly string[];
  /** folder of a page inside the package: it runs in a browser, and of the package it may import `shares` alone */
  page?: { folder: string; shares: string };
}

/**
 * One recursion of the domain: who leaves a call may send it back to its queue, which may be closed and play a flow,
 * which may send the caller to a number, which may be busy, so that he leaves. Each of these steps goes on in the state
 * that the one before has left, and the order of the facts in the journal is the order of the steps: a list of what
 * follows, worked off at the end, would be another order. A new file does not belong here when it only asks.
 */
const followingCalls = [
  'authentication/authenticate.ts',
  'call/free-speech.ts',
  'call/leave-call.ts',
  'call/move-session.ts',

  'call/route-call.ts',
  'call/settle-call.ts',
  'deflect/send-on.ts',
  'deflect/settle-deflection.ts',
  'dispatch/place.ts',
  'flow/run-flow.ts',
  'join/recall.ts',
  'routing/queue-call.ts',
  'waiting/callback-attempt.ts',
  'waiting/callback.ts',
];

export const graph: Readonly<Record<string, PackageRule>> = {
  contract: { imports: [], testImports: [], pure: true },
  switch: { imports: [], testImports: [], pure: false },
  core: { imports: ['contract'], testImports: [], pure: true, circle: followingCalls },
  sdk: { imports: ['contract'], testImports: [], pure: false },
  sim: { imports: ['contract', 'core', 'sdk'], testImports: [], pure: false },
  server: { imports: ['contract', 'core', 'switch'], testImports: ['sim'], pure: false },
  agent: {
    imports: ['contract', 'sdk'],
    testImports: ['sim'],
    pure: false,
    page: { folder: 'ui', shares: 'src/model' },
  },
};
