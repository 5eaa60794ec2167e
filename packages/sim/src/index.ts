export {
  type CallManagerLink,
  type CallManagerListener,
  createFakeCallManager,
  type FakeCallManager,
  type FakeCallManagerOptions,
  type FakePhones,
} from './call-manager/fake-call-manager.ts';
export type { Arrival, FarEnds, PhoneReaction } from './call-manager/leg.ts';
export { createVirtualClock, type VirtualClock } from './clock/virtual-clock.ts';
export { createLane, type Lane } from './network/lane.ts';
export { createRandomness, type Randomness } from './random/randomness.ts';
