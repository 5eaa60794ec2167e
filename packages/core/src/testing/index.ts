export { type SiteOptions, testConfiguration, testExtension, testNumber } from './configuration.ts';
export { createDriver, type Driver } from './driver.ts';
export { invariantFaults } from './invariants.ts';
