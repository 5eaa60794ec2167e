export { type SiteOptions, testConfiguration, testExtension, testNumber } from './configuration.ts';
export { createDriver, type Driver, type Talk } from './driver.ts';
export { collectStep } from './flows.ts';
export { invariantFaults } from './invariants.ts';
