export {
  type CallManagerLink,
  type CallManagerListener,
  createFakeCallManager,
  type FakeCallManager,
  type FakeCallManagerOptions,
  type FakePhones,
} from './call-manager/fake-call-manager.ts';
export type { Arrival, FarEnds, PhoneReaction } from './call-manager/leg.ts';
export { createPersistentCallManager } from './call-manager/persistent-call-manager.ts';
export { createVirtualClock, type VirtualClock } from './clock/virtual-clock.ts';
export { everything } from './invariants/everything.ts';
export { createExercised, type Exercised } from './invariants/exercised.ts';
export { createFindings, type Findings } from './invariants/findings.ts';
export { legChecks } from './invariants/leg-check.ts';
export { createSiteChecks } from './invariants/site-checks.ts';
export { createStreamCheck, type StreamCheck } from './invariants/stream-check.ts';
export { createSwitchCheck } from './invariants/switch-check.ts';
export {
  createFakeJournal,
  type FakeJournal,
  type JournalNode,
  type JournalRow,
} from './journal/fake-journal.ts';
export { createLane, type Lane } from './network/lane.ts';
export { createWire, type Wire } from './network/wire.ts';
export { createScriptedAgent } from './people/agent.ts';
export { type CallerHabits, type Callers, createCallers } from './people/callers.ts';
export type { Desk } from './people/desk.ts';
export { createDispatchBoard, type DispatchBoard, type WaitingItem } from './people/dispatch-board.ts';
export { createRandomness, type Randomness } from './random/randomness.ts';
export { seedOfRun } from './random/seed-of-run.ts';
export { realCore } from './site/core.ts';
export { noFaults } from './site/simulated-journal.ts';
export { type CoreWorld, createCoreWorld, type WorldOptions } from './world/core-world.ts';
export { describe } from './world/describe.ts';
export { createSurroundings, type Surroundings } from './world/surroundings.ts';
export {
  badCallManager,
  badNetwork,
  badSite,
  calm,
  changingHouse,
  rough,
  type Troubles,
} from './world/troubles.ts';
